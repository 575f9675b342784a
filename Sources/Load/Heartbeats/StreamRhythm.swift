import EventLoop
import Record
import RunProfile
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

/// How regular the expected beats are, and what beats where none is expected.
extension Worker {
    /// The periods without a beat from which a stream's heartbeats have stopped.
    static let stoppedAfter: Nanoseconds = 3

    /// Notes what a beat tells of its stream's rhythm, before the next interval begins.
    ///
    /// - Parameters:
    ///   - interval: the time since the beat before, or the stream's start, in ns.
    ///   - missed: the beats that were missed in it.
    ///   - count: the beats received together.
    func noteRhythm(_ interval: Nanoseconds, missed: UInt64, count: Int, _ slot: Int) {
        let (connection, share) = (slab.base + slot, share(slot))
        let number = connection.pointee.beats
        if number == 0 {
            connection.pointee.rhythm.beginBeats(at: moment)
        } else if let change = connection.pointee.rhythm.noteInterval(interval, number: number) {
            share.pointee.heartbeat.rhythm?.jitter.record(change)
        }
        share.pointee.heartbeat.rhythm?.note(
            interval: number > 0 ? interval : nil,
            missed: missed,
            beats: UInt64(count),
            underLoad: arrivals.next != nil,
            amongEvents: connection.pointee.rhythm.hasEvents
        )
        share.pointee.heartbeat.rhythm?.note(moment, connection, in: &phases[Int(connection.pointee.scenario)])
        connection.pointee.rhythm.endInterval()
    }

    /// Notes the rhythm of a stream that is over.
    ///
    /// - Parameter missed: the beats that were missed since the last one.
    func noteRhythmEnd(missed: UInt64, _ slot: Int) {
        guard let heartbeat = settings.heartbeat else { return }
        let (connection, share) = (slab.base + slot, share(slot))
        share.pointee.heartbeat.rhythm?.note(
            interval: nil,
            missed: missed,
            beats: 0,
            underLoad: arrivals.next != nil,
            amongEvents: connection.pointee.rhythm.hasEvents
        )
        guard connection.pointee.beats > 0 else { return }
        let last = connection.pointee.lastBeatAt
        if let trend = connection.pointee.rhythm.trend(lastBeatAt: last, count: connection.pointee.beats - 1) {
            share.pointee.heartbeat.rhythm?.period.record(trend.mean)
            share.pointee.heartbeat.rhythm?.growth.record(trend.growth)
        }
        // Past the time in which this worker stood still, more than a late beat must be missing.
        if elapsed(since: last) > Self.stoppedAfter * heartbeat.expect, isLate(heartbeat.longestInterval, since: last),
            !connection.pointee.rhythm.isCovered(within: heartbeat.longestInterval)
        {
            share.pointee.heartbeat.rhythm?.stopped += 1
        }
    }

    /// Notes by how much this turn's moments may be wrong where the kernel tells when bytes came.
    func noteStampError() {
        guard hasStamps else { return }
        if own.stampError == nil { own.stampError = LatencyHistogram() }
        own.stampError?.record(realtime.uncertainty)
    }

    /// Notes what came on a stream that is looked at, as nothing is expected of it.
    ///
    /// - Parameter begins: whether anything began with it, and it is not more of the same event.
    func discover(_ sink: borrowing StreamSink, begins: Bool, _ slot: Int) {
        let row = slab.base[slot].rhythm.row
        guard row > 0 else { return }
        let comments: UInt8 = sink.comments > 0 ? 1 << UInt8(BeatKinds.comment) : 0
        let any: UInt8 = begins ? 1 << UInt8(BeatKinds.any) : 0
        discovery?.note(sink.kinds.bits | comments | any, row: row, at: moment)
    }

    /// Puts into the records what was collected apart from them.
    func finishRhythms() {
        for scenario in phases.indices where shares[scenario].heartbeat.rhythm != nil {
            shares[scenario].heartbeat.rhythm?.finish(&phases[scenario])
        }
        if let found = discovery?.take() { own.heartbeat.discovered = found }
    }
}

extension RhythmRecord {
    /// Notes the interval that beats have ended under load or among events.
    fileprivate mutating func note(
        interval: Nanoseconds?,
        missed: UInt64,
        beats: UInt64,
        underLoad: Bool,
        amongEvents: Bool
    ) {
        if underLoad { self.underLoad.note(interval: interval, missed: missed, beats: beats) }
        if amongEvents { self.amongEvents.note(interval: interval, missed: missed, beats: beats) }
    }

    /// Notes a beat's phase.
    fileprivate mutating func note(
        _ moment: Nanoseconds,
        _ stream: UnsafeMutablePointer<Connection>,
        in collector: inout PhaseCollector
    ) {
        collector.note(moment, stream, into: &phases)
    }

    /// Adds up the phases that were collected last.
    fileprivate mutating func finish(_ collector: inout PhaseCollector) { collector.finish(into: &phases) }
}

extension HeartbeatPart {
    /// Notes the interval that beats have ended; nil before the first.
    fileprivate mutating func note(interval: Nanoseconds?, missed: UInt64, beats: UInt64) {
        self.beats += beats
        self.missed += missed
        if let interval { self.interval.record(interval) }
    }
}

/// Where in the period the beats of a scenario's streams fall, a few periods at a time.
struct PhaseCollector {
    /// The periods that are collected before the phases are added up.
    static let periods: Nanoseconds = 8

    private let period: Nanoseconds
    private var beats = [UInt32](repeating: 0, count: PhaseRecord.binCount)
    private var starts = [UInt32](repeating: 0, count: PhaseRecord.binCount)
    /// The streams that have beaten in this collection.
    private var streams = 0
    /// This collection's number; wraps around, and is never 0.
    private var number: UInt8 = 1
    /// When this collection is over, in ns of the monotonic clock; 0 before its first beat.
    private var end: Nanoseconds = 0

    /// An empty collection for an expected period, in ns.
    init(period: Nanoseconds) { self.period = max(1, period) }

    /// Notes a beat.
    ///
    /// - Parameters:
    ///   - moment: when it came, in ns of the monotonic clock.
    ///   - stream: the stream that it came on.
    ///   - record: what takes the phases of the collection that is over.
    mutating func note(
        _ moment: Nanoseconds,
        _ stream: UnsafeMutablePointer<Connection>,
        into record: inout PhaseRecord
    ) {
        if moment >= end {
            finish(into: &record)
            end = moment + Self.periods * period
        }
        beats[bin(moment)] &+= 1
        guard stream.pointee.rhythm.collection != number else { return }
        stream.pointee.rhythm.collection = number
        starts[bin(stream.pointee.rhythm.openedAt)] &+= 1
        streams += 1
    }

    /// Adds up what has been collected, and begins again.
    mutating func finish(into record: inout PhaseRecord) {
        record.add(beats: beats, starts: starts, of: streams)
        for index in beats.indices { (beats[index], starts[index]) = (0, 0) }
        streams = 0
        number = number == .max ? 1 : number + 1
        end = 0
    }

    private func bin(_ moment: Nanoseconds) -> Int {
        Int(moment % period * UInt64(PhaseRecord.binCount) / period)
    }
}
