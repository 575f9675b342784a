/// Why a check could not be carried out.
public enum CheckError: Error, Equatable, Sendable {
    /// The target cannot be reached; the error's name.
    case unreachable(String)
    /// What was asked for cannot be done; says what to do next.
    case badUsage(String)
    /// The machine failed; the error's name.
    case machine(String)
    /// A signal came before anything was checked.
    case interrupted
}

extension CheckError: CustomStringConvertible {
    /// What went wrong and what to do next.
    public var description: String {
        switch self {
        case .unreachable(let name): Self.advice[name].map { "\(name): \($0)" } ?? name
        case .badUsage(let reason), .machine(let reason): reason
        case .interrupted: "interrupted before anything was checked"
        }
    }

    private static let advice = [
        "ECONNREFUSED": "nothing listens at the address; is the server up, and the port right?",
        "TIMEOUT_CONNECT": "no connection within the time",
        "TLS_SELF_SIGNED_CERTIFICATE": "name the certificate with --ca FILE, or go unverified with --insecure",
        "TLS_CERTIFICATE_HAS_EXPIRED": "renew the certificate, or go unverified with --insecure",
        "TLS_HOSTNAME_MISMATCH": "the certificate is for another host; go unverified with --insecure",
        "UNRESOLVED_HOST": "the host name has no address",
    ]
}
