import Record
import Vocabulary

/// What one stream's beats have done so far, in a few bytes.
struct StreamRhythm {
    /// When the stream opened, in ns of the monotonic clock.
    var openedAt: Nanoseconds = 0
    /// When the first beat came, in ns of the monotonic clock.
    private var firstBeatAt: Nanoseconds = 0
    /// The sum of each interval times its number from 1, in ns: with the intervals' sum it gives the slope.
    private var weightedIntervals = 0.0
    /// The last interval, in µs.
    private var lastInterval: UInt32 = 0
    /// The longest silence since the last beat, in µs.
    private var longestGap: UInt32 = 0
    /// The longest silence that a byte has ended, in µs.
    private var longestLivedGap: UInt32 = 0
    /// The collection of phases that the stream has been counted in last.
    var collection: UInt8 = 0
    /// The stream's row in the worker's ``BeatDiscovery``; 0 for none.
    var row: UInt8 = 0
    /// Whether an event has come since the last beat.
    private(set) var hasEvents = false
    /// Whether events once came instead of a beat, or the stream was silent as never before.
    private var wasCovered = false
    /// Whether its client has been told a reconnection time.
    var isToldRetry = false

    /// The rhythm of the next stream of the same client, which is looked at where this one was.
    var renewed: StreamRhythm {
        var next = StreamRhythm()
        next.row = row
        next.isToldRetry = isToldRetry
        return next
    }

    /// Notes a silence that lasts up to now, in ns.
    mutating func noteGap(_ gap: Nanoseconds) { longestGap = max(longestGap, Self.microseconds(gap)) }

    /// Notes a silence that a byte has ended for good, in ns.
    mutating func noteLivedGap(_ gap: Nanoseconds) {
        longestLivedGap = max(longestLivedGap, Self.microseconds(gap))
    }

    /// The longest silence that the stream has lived through, in ns.
    var lived: Nanoseconds { Nanoseconds(longestLivedGap) * 1_000 }

    /// Notes that events have come.
    mutating func noteEvents() { hasEvents = true }

    /// Whether events came since the last beat and the stream was never silent for longer than a limit, in ns.
    ///
    /// A server may put off its heartbeat while it has something else to say: a stream on which events come is alive, and
    /// no proxy cuts it. Only a silence that is too long makes such a beat a missed one.
    func isCovered(within limit: Nanoseconds) -> Bool { hasEvents && Nanoseconds(longestGap) * 1_000 <= limit }

    /// Notes that a late beat was none that was missed.
    mutating func noteCovered() { wasCovered = true }

    /// Notes a silence that is told apart: it is no part of the rhythm.
    mutating func noteSilence() { wasCovered = true }

    /// Notes the stream's first beat, in ns of the monotonic clock.
    mutating func beginBeats(at moment: Nanoseconds) { firstBeatAt = moment }

    /// Notes the interval that a beat has ended, in ns.
    ///
    /// - Parameter number: its number on the stream, from 1.
    /// - Returns: by how much it differs from the one before, in ns; nil for the first.
    mutating func noteInterval(_ interval: Nanoseconds, number: UInt32) -> Nanoseconds? {
        weightedIntervals += Double(number) * Double(interval)
        let last = lastInterval
        lastInterval = Self.microseconds(interval)
        guard number > 1 else { return nil }
        return Nanoseconds(max(last, lastInterval) - min(last, lastInterval)) * 1_000
    }

    /// Begins the next interval.
    mutating func endInterval() {
        hasEvents = false
        longestGap = 0
    }

    /// The mean interval, in ns, and by how much intervals grew from one to the next; nil of too few intervals, of a
    /// stream on which beats were put off for events, and of one that fell silent as never before.
    ///
    /// The growth is the slope of the least-squares line through the intervals x over their numbers i = 1 … n:
    /// (Σ i·x − (n + 1) / 2 · Σ x) / (n · (n² − 1) / 12).
    ///
    /// - Parameters:
    ///   - lastBeatAt: when the last beat came, in ns of the monotonic clock.
    ///   - count: how many intervals there were.
    func trend(lastBeatAt: Nanoseconds, count: UInt32) -> (mean: Nanoseconds, growth: Double)? {
        guard count >= RhythmRecord.fewestIntervals, !wasCovered, lastBeatAt > firstBeatAt else { return nil }
        let (n, sum) = (Double(count), Double(lastBeatAt - firstBeatAt))
        let slope = (weightedIntervals - (n + 1) / 2 * sum) / (n * (n * n - 1) / 12)
        return (Nanoseconds(sum / n), slope)
    }

    private static func microseconds(_ span: Nanoseconds) -> UInt32 { UInt32(clamping: span / 1_000) }
}
