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
