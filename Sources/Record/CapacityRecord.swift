import Vocabulary

/// A climb towards a server's ceiling, level by level; it ends at the first level that does not hold.
public struct CapacityRecord: Codable, Equatable, Sendable {
    /// What ended a climb.
    public enum Ceiling: String, CaseIterable, Codable, Sendable {
        /// A threshold broke: the server's ceiling.
        case threshold
        /// The generator could not keep up: its own ceiling, not the server's.
        case generator
        /// The highest level held: the server's ceiling is higher.
        case limit
        /// The run was cut short.
        case interrupted
    }

    /// The levels that were judged, in order.
    public var levels: [CapacityLevel] = []
    /// The highest level that was planned, in streams.
    public var top: UInt64
    /// Publishes that the server took; nil where none was asked for.
    public var published: UInt64?
    /// Publishes that failed, by the error's name.
    public var publishErrors: [String: UInt64] = [:]

    /// A climb that has not begun.
    public init(top: UInt64) { self.top = top }

    /// The highest level that held; nil where none did.
    public var held: CapacityLevel? { levels.last { $0.held } }

    /// The level that did not hold; nil where all did.
    public var broken: CapacityLevel? { levels.first { !$0.held } }

    /// What ended the climb.
    public var ceiling: Ceiling {
        if let broken { return broken.saturation.isEmpty ? .threshold : .generator }
        return levels.last.map { $0.streams >= top } ?? false ? .limit : .interrupted
    }
}

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

/// What one level of a climb recorded in its own time; workers' levels are merged.
public struct LevelRecord: Equatable, Sendable {
    /// What the connections did from the level's begin to its end.
    public var load = LoadRecord()
    /// Streams open at the level's end.
    public var open: UInt64 = 0
    /// Open streams whose heartbeat was overdue at the level's end.
    public var overdue: UInt64 = 0

    /// A level of nothing.
    public init() {}

    /// Adds what another worker recorded in the same level.
    public mutating func merge(_ other: LevelRecord) {
        load.merge(other.load)
        open.saturatingAdd(other.open)
        overdue.saturatingAdd(other.overdue)
    }
}
