/// Counts off a body whose length the head has stated (RFC 9112, 6.2).
public struct LengthDecoder: Sendable {
    /// The bytes of the body still to come.
    public private(set) var remaining: UInt64

    /// A decoder at the start of a body.
    ///
    /// - Parameter length: the body's length, in bytes.
    public init(length: UInt64) {
        remaining = length
    }

    /// Whether the whole body has been handed out.
    public var isComplete: Bool { remaining == 0 }

    /// The next bytes of the body that the input holds, as ``BodyDecoder/next(_:)`` does.
    public mutating func next(_ input: inout UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let count = Int(min(remaining, UInt64(input.count)))
        guard count > 0 else { return nil }
        remaining -= UInt64(count)
        return input.takeFirst(count)
    }

    /// Says that the connection has ended.
    ///
    /// - Throws: ``BodyError/truncated`` where the body has not.
    public func finish() throws(BodyError) {
        guard isComplete else { throw .truncated }
    }
}
