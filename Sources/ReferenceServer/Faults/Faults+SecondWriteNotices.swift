import Vocabulary

extension Faults {
    static let secondWriteNotices = FaultExplanation(
        "A client that has gone is noticed only as something is written to it: the first write succeeds, the second fails. "
            + "There is no inactivity timer.",
        leak: FaultLeak("clients", .untilBroadcast)
    )

    /// Whether only a write tells that a connection is gone, and not the first one.
    var noticesAtSecondWrite: Bool { contains(.secondWriteNotices) }
}
