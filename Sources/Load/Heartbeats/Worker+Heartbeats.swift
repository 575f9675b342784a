import EventLoop
import Record
import RunProfile
import Vocabulary

/// When streams were silent and when they beat.
extension Worker {
    /// Notes that bytes of the stream have come.
    func noteBytes(_ slot: Int) {
        let connection = slab.base + slot
        guard connection.pointee.isHeld else { return }
        noteSilence(slot)
        noteGap(elapsed(since: connection.pointee.lastByteAt), isOver: true, slot)
        connection.pointee.rhythm.noteLivedGap(elapsed(since: connection.pointee.lastByteAt))
        connection.pointee.lastByteAt = moment
    }

    /// Notes beats that came together.
    func noteBeats(_ count: Int, _ slot: Int) {
        let connection = slab.base + slot
        let share = share(slot)
        share.pointee.heartbeat.beats += UInt64(count)
        let interval = elapsed(since: connection.pointee.lastBeatAt)
        // The time from the stream's start to its first beat is no interval, but may be too long for one.
        if connection.pointee.beats > 0 { share.pointee.heartbeat.interval.record(interval) }
        let missed = noteMissed(since: connection.pointee.lastBeatAt, slot)
        noteRhythm(interval, missed: missed, count: count, slot)
        if connection.pointee.beats < .max { connection.pointee.beats += 1 }
        connection.pointee.lastBeatAt = moment
    }

    /// Who ended a stream, and how.
    enum StreamEnder {
        /// The client, as its script says, or at a limit of its own.
        case client
        /// The server, in good order.
        case server
        /// The server, or what lies between: the stream was reset, or broke off within its body.
        case cut
    }

    /// Notes that a held stream ends.
    func noteStreamEnd(_ slot: Int, by ender: StreamEnder) {
        let connection = slab.base + slot
        guard connection.pointee.isHeld else { return }
        noteSilence(slot)
        let quiet = elapsed(since: connection.pointee.lastByteAt)
        noteGap(quiet, isOver: false, slot)
        let age = elapsed(since: connection.pointee.rhythm.openedAt)
        if ender == .client {
            share(slot).pointee.heartbeat.noteUnended(age: age)
        } else {
            let end = StreamEnd(
                age: age,
                silence: quiet,
                longestGap: connection.pointee.rhythm.lived,
                isOrderly: ender == .server,
                isUnframed: connection.pointee.endsWithConnection,
                isToldRetry: connection.pointee.rhythm.isToldRetry
            )
            let quietAfter = settings.restart?.goesOn == true ? nil : settings.quietAfter
            share(slot).pointee.heartbeat.noteEnd(end, quietAfter: quietAfter, at: elapsed(since: started))
        }
        noteRhythmEnd(missed: noteMissed(since: connection.pointee.lastBeatAt, slot), slot)
    }

    /// Whether an open stream waits for a beat that should have come by now, while this worker could have seen it.
    ///
    /// Its silence up to now is noted.
    func isOverdue(_ slot: Int) -> Bool {
        guard slab.base[slot].isHeld else { return false }
        noteSilence(slot)
        guard let limit = settings.heartbeat?.longestInterval, isLate(limit, since: slab.base[slot].lastBeatAt) else {
            return false
        }
        return !slab.base[slot].rhythm.isCovered(within: limit)
    }

    /// Whether a beat has not come for longer than a limit, in ns, in which this worker could have seen it.
    func isLate(_ limit: Nanoseconds, since lastBeat: Nanoseconds) -> Bool {
        let interval = elapsed(since: lastBeat)
        guard interval > limit else { return false }
        return interval - min(stalls.length(from: lastBeat, to: moment), interval) > limit
    }

    private func noteSilence(_ slot: Int) {
        let silence = elapsed(since: slab.base[slot].lastByteAt)
        let share = share(slot)
        slab.base[slot].rhythm.noteGap(silence)
        if silence > share.pointee.heartbeat.longestSilence ?? 0 { share.pointee.heartbeat.longestSilence = silence }
    }

    /// Counts the beats that should have come since the last one.
    ///
    /// - Returns: how many were missed.
    private func noteMissed(since lastBeat: Nanoseconds, _ slot: Int) -> UInt64 {
        let interval = elapsed(since: lastBeat)
        guard let heartbeat = settings.heartbeat, interval > heartbeat.longestInterval else { return 0 }
        // While this worker stood still it could not have seen a beat.
        guard isLate(heartbeat.longestInterval, since: lastBeat) else {
            share(slot).pointee.heartbeat.excused += 1
            return 0
        }
        guard !slab.base[slot].rhythm.isCovered(within: heartbeat.longestInterval) else {
            slab.base[slot].rhythm.noteCovered()
            share(slot).pointee.heartbeat.rhythm?.covered += 1
            return 0
        }
        // An interval of about n periods misses n - 1 beats, and at least the one that was late.
        let missed = UInt64(max(1, (Double(interval) / Double(heartbeat.expect)).rounded() - 1))
        share(slot).pointee.heartbeat.missed = (share(slot).pointee.heartbeat.missed ?? 0) + missed
        noteMissedInSilence(missed, since: lastBeat, slot)
        return missed
    }
}
