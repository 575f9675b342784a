import Vocabulary

/// One level of a climb: what it measured in its own time, and whether it held.
public struct CapacityLevel: Codable, Equatable, Sendable {
    /// What one threshold measured in the level.
    public struct Measure: Codable, Equatable, Sendable {
        /// The expression as the profile writes it.
        public var expression: String
        /// The measured value, in the metric's unit; nil where it could not be measured, which breaks the threshold.
        public var value: Double?
        /// Whether it held.
        public var held: Bool

        /// A measure from its parts.
        public init(expression: String, value: Double?, held: Bool) {
            self.expression = expression
            self.value = value
            self.held = held
        }
    }

    /// The streams that the level is about.
    public var streams: UInt64
    /// The streams that were open at its end.
    public var open: UInt64 = 0
    /// When it began, in seconds since the run's start.
    public var start = 0.0
    /// When it ended, in seconds since the run's start.
    public var end = 0.0
    /// Connections started a second while its streams were opened.
    public var arrivals = 0.0
    /// The connect latency at the 99th percentile, in ns; nil where none was measured.
    public var connectP99: Nanoseconds?
    /// The median event latency, in ns; nil where none was measured.
    public var eventP50: Nanoseconds?
    /// The event latency at the 99th percentile, in ns; nil where none was measured.
    public var eventP99: Nanoseconds?
    /// The time between two beats of a stream at the 99th percentile, in ns; nil where none was measured.
    public var heartbeatP99: Nanoseconds?
    /// Beats that did not come while they were expected; nil where nothing was expected.
    public var missed: UInt64?
    /// Connections that ended in an error.
    public var errors: UInt64 = 0
    /// Why the generator's figures of the level are not to be trusted; empty where they are.
    public var saturation: [String]
    /// What was measured for each threshold that is judged by level.
    public var measures: [Measure]
    /// Whether every threshold held, and the generator kept up.
    public var held: Bool
    /// The thresholds that broke, as the profile writes them.
    public var broke: [String]

    /// A level by what was measured for its thresholds.
    public init(streams: UInt64, measures: [Measure], saturation: [String] = []) {
        self.streams = streams
        self.measures = measures
        self.saturation = saturation
        broke = measures.filter { !$0.held }.map(\.expression)
        held = broke.isEmpty && saturation.isEmpty
    }
}
