/// What one connection may cost; the limit that is hit ends the connection under the limit's name.
public struct LimitOptions: Equatable, Sendable {
    /// Bytes of a response head.
    public var headerBytes = 64 << 10
    /// Bytes of one event, and of one line.
    public var eventBytes = 1 << 20
    /// Bytes that a compressed body may unpack to for each byte received, past the first mebibyte.
    public var compressionRatio = 200

    /// The defaults.
    public init() {}
}
