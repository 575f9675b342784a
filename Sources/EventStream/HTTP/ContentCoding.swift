/// A coding applied to a body (RFC 9110, 8.4.1).
public enum ContentCoding: Equatable, Sendable {
    /// The gzip format, `x-gzip` included.
    case gzip
    /// The zlib format, or raw deflate as some servers send it.
    case deflate
    /// No coding.
    case identity
    /// Any other, by its name in lower case.
    case unknown(String)

    /// The coding of a name in lower case.
    public init(_ name: String) {
        switch name {
        case "gzip", "x-gzip": self = .gzip
        case "deflate": self = .deflate
        case "identity": self = .identity
        default: self = .unknown(name)
        }
    }
}
