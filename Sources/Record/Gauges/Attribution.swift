import Vocabulary

/// What one stage and manner left in one gauge when it alone was tried.
public struct Attribution: Codable, Equatable, Sendable {
    /// Where the connections were dropped.
    public var stage: Stage
    /// How; nil for all manners of the run together, where they could not be told apart.
    public var manner: Manner?
    /// The probe that read the gauge.
    public var probe: String
    /// The gauge.
    public var gauge: String
    /// Drops made.
    public var drops: UInt64
    /// What the gauge gained, after the settle time.
    public var residual: Double

    /// An attribution from its parts.
    public init(stage: Stage, manner: Manner?, probe: String, gauge: String, drops: UInt64, residual: Double) {
        self.stage = stage
        self.manner = manner
        self.probe = probe
        self.gauge = gauge
        self.drops = drops
        self.residual = residual
    }
}

/// What further drops left in a gauge that held something after the load: a leak grows with them, a pool does not.
public struct GrowthTrial: Codable, Equatable, Sendable {
    /// The probe that read the gauge.
    public var probe: String
    /// The gauge.
    public var gauge: String
    /// Where the connections were dropped; nil for the load's own mixture.
    public var stage: Stage?
    /// How they were dropped; nil for all manners of the load.
    public var manner: Manner?
    /// Drops made, or streams that ended in good order where the load drops none.
    public var drops: UInt64
    /// What as many drops would leave at the rate that was seen before, in units.
    public var expected: Double
    /// What they left, in units.
    public var gained: Double
    /// Whether they were streams that ended in good order.
    public var isPolite: Bool

    /// A trial from its parts.
    public init(
        probe: String,
        gauge: String,
        stage: Stage?,
        manner: Manner?,
        drops: UInt64,
        expected: Double,
        gained: Double,
        isPolite: Bool = false
    ) {
        self.probe = probe
        self.gauge = gauge
        self.stage = stage
        self.manner = manner
        self.drops = drops
        self.expected = expected
        self.gained = gained
        self.isPolite = isPolite
    }
}
