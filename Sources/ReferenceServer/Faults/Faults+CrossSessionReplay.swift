import Vocabulary

extension Faults {
    static let crossSessionReplay = FaultExplanation(
        "A last event ID that another client was given replays that client's topic, subscribed to or not."
    )

    /// The topics that are replayed to a client.
    ///
    /// - Parameter seen: the topic of the event that the client names as the last one it has seen.
    func replayedTopics(_ topics: [String], seen: String?) -> [String] {
        guard contains(.crossSessionReplay), let seen else { return topics }
        return topics + [seen]
    }
}
