import Vocabulary

/// How regular the expected heartbeats were.
public struct RhythmRecord: Codable, Equatable, Sendable {
    /// The fewest intervals of a stream from which its mean interval and its growth are told.
    public static let fewestIntervals: UInt32 = 3

    /// By how much an interval differed from the one before on the same stream, in ns.
    public var jitter = LatencyHistogram()
    /// The mean interval of each stream, in ns.
    public var period = LatencyHistogram()
    /// By how much each stream's intervals grew from one beat to the next, in ns: the slope of a least-squares line.
    public var growth = SignedHistogram()
    /// Streams that had beats and then, until their end, none for several periods.
    public var stopped: UInt64 = 0
    /// Late beats that are not counted as missed, as events came instead and the stream was never silent for too long.
    public var covered: UInt64 = 0
    /// The beats that ended an interval while connections were still arriving.
    public var underLoad = HeartbeatPart()
    /// The beats that ended an interval in which the stream had received an event.
    public var amongEvents = HeartbeatPart()
    /// Where in the period the beats fall.
    public var phases: PhaseRecord

    /// Nothing watched.
    ///
    /// - Parameter period: the expected period, in ns.
    public init(period: Nanoseconds) { phases = PhaseRecord(period: period) }

    /// How far the streams' usual mean interval is off an expected one, in ns: 0.02 where it is 2% longer.
    ///
    /// Means are kept in three significant digits, so that less than 0.1% is none.
    ///
    /// - Returns: nil where no stream had enough intervals.
    public func drift(from expected: Nanoseconds) -> Double? {
        guard expected > 0, let mean = period.value(atPercentile: 50) else { return nil }
        return Double(mean) / Double(expected) - 1
    }

    /// Adds another's beats.
    public mutating func merge(_ other: RhythmRecord) {
        jitter.merge(other.jitter)
        period.merge(other.period)
        growth.merge(other.growth)
        stopped.saturatingAdd(other.stopped)
        covered.saturatingAdd(other.covered)
        underLoad.merge(other.underLoad)
        amongEvents.merge(other.amongEvents)
        phases.merge(other.phases)
    }
}
