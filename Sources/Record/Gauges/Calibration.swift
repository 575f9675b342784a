/// What a run did, before its load, to find out what its gauges see.
public struct CalibrationRecord: Codable, Equatable, Sendable {
    /// Some streams that were opened, held and ended in good order.
    public struct Wave: Codable, Equatable, Sendable {
        /// Streams that stood open at once.
        public var streams: UInt64
        /// When the first was started, in seconds since the run's start.
        public var start: Double
        /// When the last of them stood, in seconds since the run's start.
        public var opened: Double
        /// When all of them had ended, in seconds since the run's start.
        public var ended: Double

        /// A wave from its parts.
        public init(streams: UInt64, start: Double, opened: Double, ended: Double) {
            self.streams = streams
            self.start = start
            self.opened = opened
            self.ended = ended
        }
    }

    /// Streams that each wave asked for.
    public var asked: UInt64
    /// The waves, in order.
    public var waves: [Wave] = []
    /// Why streams did not open, by the error's name.
    public var errors: [String: UInt64] = [:]
    /// The scenarios of whose endpoints streams were opened; nil in records of older versions.
    public var scenarios: [String]?
    /// Whether the profile switched it off.
    public var isOff = false

    /// A calibration that has not begun.
    public init(asked: UInt64) { self.asked = asked }

    /// The most streams that a wave got.
    public var streams: UInt64 { waves.map(\.streams).max() ?? 0 }
}

/// What calibration saw of one gauge.
public struct GaugeCalibration: Codable, Equatable, Sendable {
    /// Streams that were open while it was looked at, in the wave that had most.
    public var streams: UInt64
    /// By how much one open stream moves it, in its unit; nil where it was not seen to move.
    public var perStream: Double?
    /// The lower end of what ``perStream`` may be, as its readings scatter.
    public var low: Double?
    /// The upper end of what ``perStream`` may be.
    public var high: Double?
    /// By how much its readings scatter when nothing happens, in its unit.
    public var noise: Double
    /// The longest that it took to show streams that had opened, in seconds; nil where it showed none.
    public var openingLag: Double?
    /// The longest that it took to show that they had ended, in seconds; nil where it never came back.
    public var endingLag: Double?
    /// The shortest that it took in any wave, in seconds: a timer takes the same each time, a sweep does not.
    public var shortestEndingLag: Double?
    /// Whether what had ended went from it in one instant, as from a cache or by a sweep, and not one by one.
    public var fellAtOnce = false
    /// How long its return was waited for, in seconds.
    public var waited = 0.0
    /// What each wave left in it above where it was before, in its unit.
    public var left: [Double] = []
    /// Whether a reading was ever lower than one before.
    public var hasFallen = false
    /// Whether its readings went back and forth while nothing happened.
    public var alternates = false
    /// The processes that share the port it is read from, where each reading is that of one; nil where that is not known.
    public var processes: UInt64?
    /// The processes whose readings are summed; nil where it is read from one.
    public var summed: UInt64?

    /// A calibration that saw nothing yet.
    public init(streams: UInt64, noise: Double) {
        self.streams = streams
        self.noise = noise
    }

    /// Whether it moved while streams were open.
    public var hasMoved: Bool { openingLag != nil }
}
