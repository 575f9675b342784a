import Vocabulary

extension Faults {
    static let closeNeverFires = FaultExplanation(
        "Nobody is told that a connection is gone: its client stays until the inactivity timer.",
        leak: FaultLeak("clients", .bounded)
    )

    /// Whether a response learns that its connection is gone.
    var noticesCloses: Bool { !contains(.closeNeverFires) }
}
