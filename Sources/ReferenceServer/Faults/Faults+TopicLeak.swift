import Vocabulary

extension Faults {
    static let topicLeak = FaultExplanation(
        "Every client gets a topic of its own, and topics without subscribers stay in the map.",
        leak: FaultLeak("topics", .permanent)
    )

    /// Whether topics stay when their last subscriber goes.
    var keepsEmptyTopics: Bool { contains(.topicLeak) }

    /// The topics that a client has without naming them.
    func ownTopics(of id: ClientID) -> [String] { contains(.topicLeak) ? ["client-\(id)"] : [] }
}
