import Vocabulary

extension Faults {
    static let noHeartbeat = FaultExplanation(
        "No heartbeat is sent: proxies and the inactivity timer end quiet streams."
    )

    /// Whether streams have heartbeats.
    var hasHeartbeats: Bool { !contains(.noHeartbeat) }
}
