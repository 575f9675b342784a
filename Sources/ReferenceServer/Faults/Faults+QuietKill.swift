import Vocabulary

extension Faults {
    static let quietKill = FaultExplanation(
        "Heartbeats do not restart the inactivity timer, which ends healthy streams of quiet topics."
    )

    /// Whether heartbeats count as activity.
    var heartbeatsAreActivity: Bool { !contains(.quietKill) }
}
