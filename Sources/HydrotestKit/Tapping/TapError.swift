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
        "UNRESOLVED_HOST": "the host name has no address",
    ]
}
