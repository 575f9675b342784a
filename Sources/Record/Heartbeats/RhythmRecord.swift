import Glibc
import Vocabulary

/// How regular the expected heartbeats were.
public struct RhythmRecord: Codable, Equatable, Mergeable, Sendable {
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

/// The heartbeats of a part of the time: while connections were still arriving, or among events.
public struct HeartbeatPart: Codable, Equatable, Sendable {
    /// Beats received.
    public var beats: UInt64 = 0
    /// Beats that did not come.
    public var missed: UInt64 = 0
    /// The time between two beats of one stream, in ns.
    public var interval = LatencyHistogram()

    /// Nothing watched.
    public init() {}

    /// The share of the expected beats that did not come; nil where none was expected.
    public var missedShare: Double? {
        let expected = Double(beats) + Double(missed)
        return expected > 0 ? Double(missed) / expected : nil
    }

    /// Adds another's beats.
    public mutating func merge(_ other: HeartbeatPart) {
        beats.saturatingAdd(other.beats)
        missed.saturatingAdd(other.missed)
        interval.merge(other.interval)
    }
}

/// Where in the period the beats of all streams fall, and where the streams themselves began.
///
/// Beats are collected for a few periods at a time, and each collection is turned so that its mean phase lies in the
/// middle: a server's timer that is a little slow or fast does not blur what it does at once. Phases are those of one
/// machine's clock.
public struct PhaseRecord: Codable, Equatable, Sendable {
    /// The bins that a period is divided into.
    public static let binCount = 64
    /// The fewest streams that beat in the same few periods for their phases to be counted.
    public static let fewestStreams = 10
    /// The coherence from which beats count as sent at once: within about a third of the period.
    public static let coherent = 0.85
    /// The coherence up to which streams count as begun at all phases.
    public static let spread = 0.6

    /// The period, in ns.
    public var period: Nanoseconds
    /// The beats by their phase, the mean in the middle.
    public private(set) var beats = [UInt64](repeating: 0, count: binCount)
    /// The streams that beat, by the phase at which each began, the mean in the middle.
    public private(set) var starts = [UInt64](repeating: 0, count: binCount)
    /// The most streams that beat in the same few periods; workers' and scenarios' add up.
    public private(set) var streams: UInt64 = 0

    /// No phases of a period, in ns; at least 1.
    public init(period: Nanoseconds) { self.period = max(1, period) }

    /// How long a bin is, in ns.
    public var binWidth: Nanoseconds { period / UInt64(Self.binCount) }

    /// How far the beats fall together: 1 where all come at one phase, 0 where they come at any; nil without beats.
    ///
    /// The length of the mean of the phases' unit vectors (the mean resultant length of circular statistics).
    public var coherence: Double? { Self.resultant(beats).map(\.length) }

    /// How far the streams' beginnings fall together, likewise.
    public var startCoherence: Double? { Self.resultant(starts).map(\.length) }

    /// The largest share of the beats in two neighbouring bins; nil without beats.
    public var burstShare: Double? {
        let total = beats.reduce(0.0) { $0 + Double($1) }
        guard total > 0 else { return nil }
        let most = beats.indices.map { Double(beats[$0]) + Double(beats[($0 + 1) % beats.count]) }.max() ?? 0
        return most / total
    }

    /// How long the time is that ``burstShare`` counts in, in ns.
    public var burstWidth: Nanoseconds { 2 * binWidth }

    /// Whether the beats of streams that began at all phases come at one.
    ///
    /// Where the streams began at one phase too, their beats tell nothing: a test that opens all at once does not accuse
    /// its server.
    public var isHerd: Bool {
        guard let coherence, let startCoherence else { return false }
        return coherence >= Self.coherent && startCoherence <= Self.spread
    }

    /// Adds what some streams did in a few periods; without allocating.
    ///
    /// - Parameters:
    ///   - beats: beats by bin.
    ///   - starts: the beginnings of the streams that beat, by bin.
    ///   - count: these streams; fewer than ``fewestStreams`` tell nothing and are left out.
    public mutating func add(beats: borrowing [UInt32], starts: borrowing [UInt32], of count: Int) {
        guard count >= Self.fewestStreams else { return }
        Self.addCentred(beats, to: &self.beats)
        Self.addCentred(starts, to: &self.starts)
        streams = max(streams, UInt64(count))
    }

    /// Adds another's phases; those of another period cannot be added, and are left out.
    public mutating func merge(_ other: PhaseRecord) {
        guard period == other.period, beats.count == other.beats.count, starts.count == other.starts.count else {
            return
        }
        for index in beats.indices { beats[index].saturatingAdd(other.beats[index]) }
        for index in starts.indices { starts[index].saturatingAdd(other.starts[index]) }
        streams.saturatingAdd(other.streams)
    }

    private static func addCentred(_ bins: borrowing [UInt32], to sums: inout [UInt64]) {
        guard let angle = resultant(bins)?.angle else { return }
        let count = sums.count
        let shift = count / 2 - Int((angle / (2 * .pi) * Double(count)).rounded())
        for index in 0..<bins.count { sums[((index + shift) % count + count) % count] += UInt64(bins[index]) }
    }

    /// The mean of the unit vectors of some phases; nil without phases.
    private static func resultant(_ bins: borrowing [some BinaryInteger]) -> (length: Double, angle: Double)? {
        var (total, x, y) = (0.0, 0.0, 0.0)
        for index in 0..<bins.count where bins[index] > 0 {
            let (weight, angle) = (Double(bins[index]), 2 * Double.pi * Double(index) / Double(bins.count))
            total += weight
            x += weight * cos(angle)
            y += weight * sin(angle)
        }
        return total > 0 ? ((x * x + y * y).squareRoot() / total, atan2(y, x)) : nil
    }
}
