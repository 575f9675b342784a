/// How TLS is spoken to the target.
public struct TLSOptions: Equatable, Sendable {
    /// The versions a profile can name.
    public enum Version: String, CaseIterable, Sendable {
        /// TLS 1.2 (RFC 5246).
        case tls12 = "1.2"
        /// TLS 1.3 (RFC 8446).
        case tls13 = "1.3"
    }

    /// Whether certificate and host name are verified.
    public var verify = true
    /// A PEM file of trusted authorities, relative to the profile's folder; nil for the system's.
    public var authorityFile: String?
    /// The name that is sent (SNI) and verified; nil for the target's host.
    public var serverName: String?
    /// The lowest version offered.
    public var minimumVersion = Version.tls12
    /// The highest version offered.
    public var maximumVersion = Version.tls13
    /// Whether connections resume the session that the server handed out last (RFC 5077; RFC 8446, 2.2).
    public var resume = false

    /// The defaults: everything verified, TLS 1.2 and 1.3, a full handshake for every connection.
    public init() {}
}
