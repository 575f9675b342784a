import Vocabulary

/// What a gauge lost for good, or for a while, and to which stage and manner it was traced.
public struct Leak: Codable, Equatable, Sendable {
    /// The gauge.
    public var gauge: String
    /// The probe that read it.
    public var probe: String
    /// The stage it was traced to; nil where it was traced to none.
    public var stage: Stage?
    /// The manner it was traced to; nil where it was traced to none.
    public var manner: Manner?
    /// Drops that the figures below count from: those of the stage, or of the whole run.
    public var drops: UInt64
    /// Units left behind by those drops.
    public var leaked: Double
    /// Units left behind by a thousand drops; nil without drops.
    public var per1000Drops: Double?
    /// The lower end of the 95% interval of ``per1000Drops``.
    public var low: Double?
    /// The upper end of the 95% interval of ``per1000Drops``.
    public var high: Double?
    /// What becomes of it.
    public var `class`: LeakClass
    /// Whether the class may be a worse one, as what came later could not be read; nil where it cannot.
    public var isAtLeast: Bool?

    /// A leak from its parts.
    public init(
        gauge: String,
        probe: String,
        stage: Stage?,
        manner: Manner?,
        drops: UInt64,
        leaked: Double,
        per1000Drops: Double?,
        low: Double?,
        high: Double?,
        class: LeakClass,
        isAtLeast: Bool = false
    ) {
        self.gauge = gauge
        self.probe = probe
        self.stage = stage
        self.manner = manner
        self.drops = drops
        self.leaked = leaked
        self.per1000Drops = per1000Drops
        self.low = low
        self.high = high
        self.class = `class`
        self.isAtLeast = isAtLeast ? true : nil
    }
}
