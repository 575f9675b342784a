import Vocabulary

extension Faults {
    static let heartbeatHerd = FaultExplanation(
        "All streams' heartbeats are sent at the same instants, whenever the streams began."
    )

    /// When a heartbeat that is due at a moment is sent.
    func heartbeatMoment(_ moment: Nanoseconds, period: Nanoseconds) -> Nanoseconds {
        contains(.heartbeatHerd) ? moment - moment % period : moment
    }
}
