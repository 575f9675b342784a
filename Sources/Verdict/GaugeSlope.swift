import Record

/// How a gauge changed under constant load.
public struct GaugeSlope: Codable, Equatable, Sendable {
    /// A figure with its 99% interval.
    public struct Estimate: Codable, Equatable, Sendable {
        /// The figure.
        public var value: Double
        /// The interval's lower end.
        public var low: Double
        /// The interval's upper end.
        public var high: Double

        /// An estimate from its parts.
        public init(value: Double, low: Double, high: Double) {
            self.value = value
            self.low = low
            self.high = high
        }

        func scaled(by factor: Double) -> Estimate {
            Estimate(value: value * factor, low: low * factor, high: high * factor)
        }

        var isFinite: Bool { value.isFinite && low.isFinite && high.isFinite }
    }

    /// The probe that read it.
    public var probe: String
    /// The gauge's name.
    public var gauge: String
    /// What it counts.
    public var unit: GaugeRecord.Unit
    /// From when on it is looked at, without its warm-up, in seconds since the run's start.
    public var start: Double
    /// Until when, in seconds since the run's start.
    public var end: Double
    /// The time bins whose medians the slope goes through.
    public var bins: Int
    /// Connections started meanwhile.
    public var connections: UInt64
    /// Units an hour.
    public var perHour: Estimate
    /// Units for a thousand connections started; nil where there was none.
    public var per1000Connections: Estimate?
    /// How often chance alone brings a trend as strong, up or down.
    public var p: Double
    /// Whether it grows: upward, not by chance, in both halves of the time, and past what healthy servers grow by.
    public var isGrowing: Bool

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge)" }

    /// By how much it changed in the time that was looked at, in its unit.
    public var rise: Double { perHour.value * (end - start) / 3_600 }
}
