/// A head that is complete, and where in the input it ended.
public struct ParsedHead<Head: HTTPHead>: Sendable {
    /// The head.
    public let head: Head
    /// The bytes of this input that belong to the head; the body begins after them.
    public let consumed: Int
}
