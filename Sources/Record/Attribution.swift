import Vocabulary

/// What one stage and manner left in one gauge when it alone was tried.
public struct Attribution: Codable, Equatable, Sendable {
    /// Where the connections were dropped.
    public var stage: Stage
    /// How.
    public var manner: Manner
    /// The probe that read the gauge.
    public var probe: String
    /// The gauge.
    public var gauge: String
    /// Drops made.
    public var drops: UInt64
    /// What the gauge gained, after the settle time.
    public var residual: Double

    /// An attribution from its parts.
    public init(stage: Stage, manner: Manner, probe: String, gauge: String, drops: UInt64, residual: Double) {
        self.stage = stage
        self.manner = manner
        self.probe = probe
        self.gauge = gauge
        self.drops = drops
        self.residual = residual
    }
}
