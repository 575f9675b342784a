import Vocabulary

/// What a run shows at one moment, while it lasts.
public struct RunSnapshot: Equatable, Sendable {
    /// A gauge's latest reading.
    public struct Gauge: Equatable, Sendable {
        /// The probe that reads it.
        public var probe: String
        /// The gauge's name.
        public var name: String
        /// What it counts.
        public var unit: GaugeUnit
        /// The reading; nil where it failed.
        public var value: Double?
    }

    /// The profile's name.
    public var profile: String
    /// Seconds since the run's start.
    public var elapsed: Double
    /// The phase's name.
    public var phase: String
    /// What goes on, in words; empty where the phase says it.
    public var activity: String
    /// Connections that the load starts in all; nil while there is none.
    public var planned: Int?
    /// Streams open.
    public var open: Int
    /// The most streams open at once.
    public var peak: Int
    /// What the connections have done.
    public var counts: RunCounts
    /// Every gauge that has been read, in the profile's order; details of others are left out.
    public var gauges: [Gauge]
    /// The profile's thresholds, in its order.
    public var thresholds: [LiveThreshold]
}
