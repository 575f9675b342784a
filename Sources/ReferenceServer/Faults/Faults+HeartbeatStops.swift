import Vocabulary

extension Faults {
    static let heartbeatStops = FaultExplanation(
        "A stream's heartbeats stop after its first minute, or after --fault-after."
    )

    /// Whether a stream that began at a moment has no heartbeat at another one.
    func heartbeatsAreOver(at moment: Nanoseconds, since start: Nanoseconds) -> Bool {
        contains(.heartbeatStops) && moment > start.addingSaturated(delay)
    }
}
