import Vocabulary

extension Faults {
    static let writeErrorSwallowed = FaultExplanation(
        "The client that the racy registry leaks is not even removed when a broadcast cannot be written to it.",
        leak: FaultLeak("clients", .permanent)
    )

    /// Whether a client that cannot be written to is removed.
    var removesUnwritable: Bool { !contains(.writeErrorSwallowed) }
}
