import Vocabulary

/// Why a reference server cannot be set up.
public enum ReferenceServerError: Error, Equatable, Sendable {
    /// Neither port is set.
    case noPort
    /// Of certificate and key only one is named.
    case certificateWithoutKey
    /// A period or a timeout is zero.
    case zeroDuration
    /// Two faults, or a fault and a registry, that cannot go together.
    case exclusiveFaults(Fault, Fault)
    /// A completion would have too few or too many tokens, or take too long or too little for each.
    case tokensOutOfRange
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
        case .exclusiveFaults(let first, let second):
            "\(first.rawValue) and \(second.rawValue) cannot be switched on together; leave one out"
        case .tokensOutOfRange:
            "a completion has \(Self.bounds(ReferenceServerLimits.tokens)) tokens, and "
                + "\(Self.bounds(ReferenceServerLimits.tokenRate)) of them a second"
        case .alreadyStarted: "a server can be started once"
        }
    }

    private static func bounds<Bound>(_ range: ClosedRange<Bound>) -> String {
        "\(range.lowerBound) to \(range.upperBound)"
    }
}
