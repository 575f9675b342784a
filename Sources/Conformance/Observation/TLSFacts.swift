/// What is known of a connection's TLS.
public struct TLSFacts: Equatable, Sendable {
    /// The version in OpenSSL's words: `TLSv1.3`; nil where no handshake was completed.
    public var version: String?
    /// The application protocol that the server chose; nil for none.
    public var applicationProtocol: String?
    /// Whether an earlier session was resumed.
    public var isResumed = false
    /// The descriptions of the alerts that came (RFC 8446, 6), in order.
    public var alerts: [UInt8] = []

    /// Nothing.
    public init() {}

    /// The number of close_notify (RFC 8446, 6.1).
    static let closeNotify: UInt8 = 0
}
