/// What the publish of the ladder brought.
public struct PublishRecord: Codable, Equatable, Sendable {
    /// The status of the answer; nil where none came.
    public var status: Int?
    /// The error's name, where it failed.
    public var error: String?
    /// How many publishes were made until nothing was left, or none helped; nil in records of older versions.
    public var count: UInt64?

    /// A record from its parts.
    public init(status: Int?, error: String?) {
        self.status = status
        self.error = error
    }
}
