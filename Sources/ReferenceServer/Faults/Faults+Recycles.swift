import Vocabulary

extension Faults {
    static let recycles = FaultExplanation(
        "Harmless: every stream ends in good order after a minute, or after --fault-after, and tells its client to come back."
    )

    /// The reconnection time that a server tells which recycles its streams, in milliseconds.
    static let recycleRetry: UInt64 = 1_000
}
