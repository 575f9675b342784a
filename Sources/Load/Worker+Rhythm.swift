import EventLoop
import Record
import RunProfile
import Vocabulary

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
