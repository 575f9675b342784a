import Vocabulary

extension Faults {
    static let generatorRunsOn = FaultExplanation(
        "The producer of a completion goes on to its last token when its client has gone.",
        leak: FaultLeak("producers", .bounded)
    )

    /// Whether a producer stops when its client has gone.
    var stopsProducers: Bool { !contains(.generatorRunsOn) }
}
