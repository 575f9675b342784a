import Vocabulary

/// How the window of a race is looked for: where, between which delays, and with how many drops.
public struct RaceOptions: Equatable, Sendable {
    /// The stage that leaks; nil to look for it among those that the profile's scenarios drop at.
    public var stage: Stage?
    /// The manner of the drops; nil for the first of the profile's that applies.
    public var manner: Manner?
    /// The gauge that tells, by its name or as `probe.gauge`; nil for the counted one that gains most.
    public var gauge: String?
    /// The shortest delay between the stage and the drop that is tried.
    public var from: Nanoseconds = 0
    /// The longest delay between the stage and the drop that is tried: what is said here, or else the longest that a
    /// scenario drops after, and at least 20 ms.
    public var to: Nanoseconds = 20 * .perMillisecond
    /// Whether it was said here.
    var namesEnd = false
    /// The most drops that are made in all.
    public var budget = 20_000
    /// Drops of one batch, all after the same delay.
    public var batch = 20
    /// Drops per second within a batch; so few that each has the server to itself.
    public var rate = 250.0
    /// How long a batch's residual is given at least before it is read.
    public var settle: Nanoseconds = 60 * .perMillisecond

    /// Any stage, with delays up to 20 ms and 20,000 drops.
    public init() {}
}

/// Reads `race:`.
enum RaceReader {
    /// Reads how the window of a race is looked for.
    static func read(_ field: Field) -> RaceOptions? {
        let example = "a map, such as { stage: request-sent, from: 0us, to: 20ms }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        var options = RaceOptions()
        let delays = 0...ProfileLimits.longestRaceDelay
        keys.read("stage", into: &options.stage) { $0.choice(Stage.self) }
        keys.read("manner", into: &options.manner) { $0.choice(Manner.self) }
        keys.read("gauge", into: &options.gauge) { $0.name() }
        keys.read("from", into: &options.from) { $0.duration(in: delays, example: "0us") }
        let to = keys.field("to")
        if let to, let delay = to.duration(in: delays, example: "20ms") {
            options.to = delay
            options.namesEnd = true
        }
        keys.read("budget", into: &options.budget) { $0.wholeNumber(in: ProfileLimits.raceBudget, example: 20_000) }
        keys.read("batch", into: &options.batch) { $0.wholeNumber(in: ProfileLimits.raceBatch, example: 20) }
        let rate = keys.field("rate")
        if let rate, let read = rate.rate() { options.rate = read }
        keys.read("settle", into: &options.settle) { $0.duration(in: 0...ProfileLimits.longestWait, example: "60ms") }
        guard options.from < options.to else {
            (to ?? field).reject(
                "to is not above from, \(DurationText.format(options.from))",
                expected: "the longest delay to try, such as 20ms"
            )
            return nil
        }
        guard ProfileLimits.raceRate.contains(options.rate) else {
            rate?.reject(
                "a batch at this rate takes too long, or its drops meet in the server",
                expected: "a rate from 1/s to 2000/s, such as 250/s"
            )
            return nil
        }
        return options
    }
}
