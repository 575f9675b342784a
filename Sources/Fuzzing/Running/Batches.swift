/// Carries out cases and asks the oracles; what narrows and shrinks cases is tried on made-up ones.
protocol Batches: AnyObject {
    /// Carries cases out, many at once, and looks what they did.
    func run(_ cases: [FuzzCase], look: Look) throws(FuzzError) -> BatchResult
}

/// How long is looked at a server after a batch.
enum Look: Equatable, Sendable {
    /// For what shows at once; what comes later falls to a later batch, and the cases stay suspects until then.
    case passing
    /// For all, and as long as the server's timers may take to do harm.
    case patient
    /// For a known problem only.
    case again(Problem.Key)

    /// Whether gauges are given little time, because only what is known is looked for.
    var isQuick: Bool { if case .again = self { true } else { false } }

    /// Whether the server's end is waited for.
    var awaitsEnd: Bool {
        switch self {
        case .passing: false
        case .patient: true
        case .again(let key): key.isFatal
        }
    }
}
