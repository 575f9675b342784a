import Vocabulary

extension Faults {
    static let slotBeforeBody = FaultExplanation(
        "A connection slot is taken before the response starts and given back only by the end of its body: a close in "
            + "between keeps it for ever.",
        leak: FaultLeak("slots", .permanent)
    )

    static let slotsUsedUp = FaultExplanation(
        "The same with \(fewSlots) slots: once they are used up the server answers 503 to every stream, for good.",
        leak: FaultLeak("slots", .permanent)
    )

    /// Slots that are soon used up.
    private static let fewSlots = 64

    /// Whether any close gives a slot back, not only one within the body.
    var tiesSlotsToConnections: Bool { !contains(.slotBeforeBody) && !contains(.slotsUsedUp) }

    /// The streams that may be open at a time.
    var slots: Int { contains(.slotsUsedUp) ? Self.fewSlots : ReferenceServerLimits.slots }
}
