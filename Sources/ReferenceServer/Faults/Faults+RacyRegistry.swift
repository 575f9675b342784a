import Vocabulary

extension Faults {
    static let racyRegistry = FaultExplanation(
        "A client is inserted after its close handler was registered: one that closes in between is never removed.",
        leak: FaultLeak("clients", .permanent, withTopics: .untilBroadcast)
    )

    /// Whether clients are inserted too late; swallowed write errors are found through the clients that this leaks.
    var insertsLate: Bool { contains(.racyRegistry) || contains(.writeErrorSwallowed) }
}
