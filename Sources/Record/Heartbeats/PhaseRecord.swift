import Glibc
import Vocabulary

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
