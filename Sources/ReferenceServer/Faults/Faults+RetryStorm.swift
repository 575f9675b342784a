import Vocabulary

extension Faults {
    static let retryStorm = FaultExplanation(
        "The first event says `retry: 0`: clients that lose their connection come back at once, again and again."
    )

    /// The reconnection time that the first event tells, in milliseconds; nil for none.
    var retry: UInt64? { contains(.retryStorm) ? 0 : contains(.recycles) ? Self.recycleRetry : nil }
}
