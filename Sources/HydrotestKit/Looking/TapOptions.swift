import HTTP
import Vocabulary

/// What one stream is tapped for.
public struct TapOptions: Equatable, Sendable {
    /// Where the stream is.
    public var url: TargetURL
    /// The request method, in capitals.
    public var method = "GET"
    /// The request body; nil for none.
    public var body: String?
    /// Header fields; one named like a default replaces it.
    public var headers: [HTTPField] = []
    /// Events after which the tap ends; nil for no bound.
    public var count: Int?
    /// Time after which the tap ends, in ns; nil for no bound.
    public var maximumTime: Nanoseconds?
    /// Whether certificate and host name go unverified.
    public var insecure = false
    /// A PEM file of trusted authorities; nil for the system's.
    public var authorityFile: String?
    /// Whether comment lines are told as well.
    public var comments = false

    /// A tap of an address, without bounds.
    public init(url: TargetURL) { self.url = url }
}

/// What can be seen of a stream beside its events' text.
public enum TapNote: Equatable, Sendable {
    /// TLS stands; its version.
    case tls(version: String)
    /// The response head, also one that begins no event stream.
    case head(HTTPResponseHead)
    /// The head begins an event stream that can be read; what follows is its body.
    case began
    /// An event; its type and the bytes of its data.
    case event(name: String, bytes: Int)
    /// A comment line.
    case comment
}

/// Why a tap ended.
public enum TapEnd: Equatable, Sendable {
    /// As many events came as were asked for.
    case count
    /// The time was up.
    case time
    /// The server ended the stream in good order.
    case server
    /// A signal asked for the end.
    case interrupted
}

/// Why a tap failed.
public struct TapError: Error, Sendable, CustomStringConvertible {
    /// The error's name, the one that a run counts it under.
    public let name: String
    /// The exit code of the command line.
    public let exitCode: Int32

    /// An error from its parts.
    init(_ name: String, exitCode: Int32 = ExitCode.fail) {
        self.name = name
        self.exitCode = exitCode
    }

    /// A signal came before there was anything to tell.
    static let interrupted = TapError("INTERRUPTED", exitCode: ExitCode.interrupted)

    /// The name, and what to do next where that is known.
    public var description: String {
        if let advice = Self.advice[name] { return "\(name): \(advice)" }
        if name.hasPrefix("HTTP_") { return "\(name): the server answered status \(name.dropFirst(5)), not 200" }
        return name
    }

    private static let advice = [
        "ECONNREFUSED": "nothing listens at the address; is the server up, and the port right?",
        "NOT_AN_EVENT_STREAM": "the answer's Content-Type is not text/event-stream",
        "ENDED_BEFORE_HEADERS": "the server closed before it had answered",
        "TIMEOUT_CONNECT": "no connection within the time",
        "TIMEOUT_HEADERS": "no answer within the time",
        "TLS_SELF_SIGNED_CERTIFICATE": "name the certificate with --ca FILE, or go unverified with --insecure",
        "TLS_CERTIFICATE_HAS_EXPIRED": "renew the certificate, or go unverified with --insecure",
        "TLS_HOSTNAME_MISMATCH": "the certificate is for another host; go unverified with --insecure",
        "INTERRUPTED": "a signal came before the stream began",
        "REDIRECT_WITHOUT_LOCATION": "the server sends the request elsewhere, and does not say where to",
        "MALFORMED_LOCATION": "the server sends the request to what is no http or https address",
        "REDIRECT_TO_THIS_MACHINE": "another machine sends the request to this one; if that is right, give its address",
        "REDIRECT_OF_SECRETS":
            "the body holds a secret, and the server sends it to another host; if that is right, give "
            + "its address",
        "REDIRECT_LOOP": "the server sends the request back to where it came from; does it wait for a cookie?",
        "LIMIT_REDIRECTS": "the server sends the request on and on; give the last address",
        "UNRESOLVED_HOST": "the host name has no address",
    ]
}
