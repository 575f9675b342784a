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
