import EventStream
import Transport

/// Why an HTTP exchange brought no usable answer.
public struct HTTPClientError: Error, Hashable, Sendable {
    /// The name that errors are counted under: `ECONNREFUSED`, `TIMEOUT`, `HTTP_500`, `LIMIT_BODY_BYTES`.
    public let name: String

    /// An error from its name.
    public init(name: String) { self.name = name }

    /// The time allowed ran out.
    public static let timeout = HTTPClientError(name: GapName.timeout)
    /// Somebody asked for the end of the exchange.
    public static let interrupted = HTTPClientError(name: "INTERRUPTED")
    /// The host name has no address.
    public static let unresolvedHost = HTTPClientError(name: "UNRESOLVED_HOST")
    /// The server closed before the end of the response head.
    public static let closedBeforeResponse = HTTPClientError(name: "CLOSED_BEFORE_RESPONSE")
    /// The body is larger than ``HTTPClient/bodyLimit``.
    public static let bodyLimit = HTTPClientError(name: "LIMIT_BODY_BYTES")
    /// More interim responses came than ``HTTPClient/interimResponseLimit``.
    public static let interimResponseLimit = HTTPClientError(name: "LIMIT_INTERIM_RESPONSES")
    /// The body is compressed, though only `identity` was asked for.
    public static let contentCoding = HTTPClientError(name: "UNEXPECTED_CONTENT_CODING")
    /// No TLS context can be made.
    public static let tlsContext = HTTPClientError(name: "TLS_CONTEXT")

    /// An answer whose status is not one of success.
    static func status(_ status: Int) -> HTTPClientError { HTTPClientError(name: "HTTP_\(status)") }

    init(_ failure: Failure) { name = failure.name }

    init<Named: RawRepresentable<String>>(_ error: Named) { name = error.rawValue }
}

extension HTTPClientError: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
