/// A content coding that ``Inflater`` takes off (RFC 9110, 8.4.1).
public enum CompressionFormat: Sendable {
    /// `gzip`, of any number of members (RFC 1952).
    case gzip
    /// `deflate`: zlib-wrapped as the standard says, or raw as some servers send it.
    case deflate
}
