/// What is wrong with a compressed body.
public enum InflateError: String, Error, CaseIterable, Sendable {
    /// The bytes are not gzip (RFC 1952), or a checksum is wrong.
    case badGzip = "BAD_GZIP"
    /// The bytes are neither zlib (RFC 1950) nor raw deflate (RFC 1951), or bytes follow its end.
    case badDeflate = "BAD_DEFLATE"
    /// The body unpacks to more than the limit allows.
    case ratioLimit = "LIMIT_COMPRESSION_RATIO"
    /// The connection has ended before the compressed data.
    case truncated = "TRUNCATED_COMPRESSED_BODY"
    /// There is no memory for the window.
    case outOfMemory = "ENOMEM"
}
