import Vocabulary

extension Faults {
    static let timerLeak = FaultExplanation(
        "Inactivity timers are not cancelled with their clients: each runs out.",
        leak: FaultLeak("timers", .bounded)
    )

    /// Whether a client's timer goes with it.
    var cancelsTimers: Bool { !contains(.timerLeak) }
}
