import Record
import Vocabulary

/// What a drop matrix says of one gauge: its noise, and what each cell leaves.
public struct MatrixGauge: Codable, Equatable, Sendable {
    /// What one cell leaves in the gauge.
    public struct Cell: Codable, Equatable, Sendable {
        /// Where the connections were dropped.
        public var stage: Stage
        /// How.
        public var manner: Manner
        /// Drops made.
        public var drops: UInt64
        /// Cycles in which the gauge was read.
        public var cycles: UInt64
        /// Units left by a thousand drops, less what idle cycles gained in the same time.
        public var per1000Drops: Double
        /// The lower end of the 95% interval of ``per1000Drops``; nil with a single cycle.
        public var low: Double?
        /// The upper end of the 95% interval of ``per1000Drops``; nil with a single cycle.
        public var high: Double?
        /// What becomes of it; `none` where the interval's lower end is not above zero and the noise.
        public var `class`: LeakClass

        /// Whether the cell leaks.
        public var leaks: Bool { self.class != .none }
    }

    /// The probe that reads it.
    public var probe: String
    /// The gauge.
    public var gauge: String
    /// What it counts.
    public var unit: GaugeRecord.Unit
    /// By how much a cycle may change it without a leak, in units; measured on idle cycles and on cells that leave nothing.
    public var noise: Double
    /// What idle cycles gain, in units per second.
    public var drift: Double
    /// Idle cycles in which it was read.
    public var idle: UInt64
    /// The cells, in order of stage and manner.
    public var cells: [Cell]

    /// Whether a cell leaks.
    public var leaks: Bool { cells.contains(where: \.leaks) }
}
