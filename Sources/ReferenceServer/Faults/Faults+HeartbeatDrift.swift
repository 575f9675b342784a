import Vocabulary

extension Faults {
    static let heartbeatDrift = FaultExplanation(
        "Each wait for a stream's next heartbeat is a tenth of the period longer than the one before."
    )

    /// How long the wait is for the heartbeat after so many of a stream, in ns.
    func heartbeatInterval(_ period: Nanoseconds, after beats: UInt64) -> Nanoseconds {
        guard contains(.heartbeatDrift) else { return period }
        let (drift, isTooLong) = (period / 10).multipliedReportingOverflow(by: beats)
        return isTooLong ? .max : period.addingSaturated(drift)
    }
}
