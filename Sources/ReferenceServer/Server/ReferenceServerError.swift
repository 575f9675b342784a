/// Why a reference server cannot be set up.
public enum ReferenceServerError: Error, Equatable, Sendable {
    /// Neither port is set.
    case noPort
    /// Of certificate and key only one is named.
    case certificateWithoutKey
    /// A period or a timeout is zero.
    case zeroDuration
    /// The server has been started before.
    case alreadyStarted
}

extension ReferenceServerError: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .noPort: "neither a port for plain connections nor one for TLS is set"
        case .certificateWithoutKey: "a certificate and its key must be named together"
        case .zeroDuration: "a heartbeat's period and the timeouts are at least 1 ns"
        case .alreadyStarted: "a server can be started once"
        }
    }
}
