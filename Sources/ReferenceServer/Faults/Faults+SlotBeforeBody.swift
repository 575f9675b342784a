import Vocabulary

extension Faults {
    static let slotBeforeBody = FaultExplanation(
        "A connection slot is taken before the response starts and given back only by the end of its body: a close in "
            + "between keeps it for ever.",
        leak: FaultLeak("slots", .permanent)
    )

    /// Whether any close gives a slot back, not only one within the body.
    var tiesSlotsToConnections: Bool { !contains(.slotBeforeBody) }
}
