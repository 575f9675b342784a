import EventStream
import EventLoop
import RunProfile
import Record
import Vocabulary

/// When streams were silent and when they beat.
extension Worker {
    /// Notes that bytes of the stream have come.
    func noteBytes(_ slot: Int) {
        let connection = slab.base + slot
        guard connection.pointee.isHeld else { return }
        noteSilence(slot)
        connection.pointee.lastByteAt = moment
        if case .any = beat { noteBeats(1, slot) }
    }

    /// Notes beats that came together.
    func noteBeats(_ count: Int, _ slot: Int) {
        let connection = slab.base + slot
        let share = share(slot)
        share.pointee.heartbeat.beats += UInt64(count)
        let interval = elapsed(since: connection.pointee.lastBeatAt)
        // The time from the stream's start to its first beat is no interval, but may be too long for one.
        if connection.pointee.beats > 0 { share.pointee.heartbeat.interval.record(interval) }
        noteMissed(since: connection.pointee.lastBeatAt, slot)
        connection.pointee.beats = connection.pointee.beats &+ UInt32(count) | 1
        connection.pointee.lastBeatAt = moment
    }

    /// Notes that a held stream ends.
    ///
    /// - Parameter byServer: whether the server ended it.
    func noteStreamEnd(_ slot: Int, byServer: Bool) {
        let connection = slab.base + slot
        guard connection.pointee.isHeld else { return }
        noteSilence(slot)
        let quiet = elapsed(since: connection.pointee.lastByteAt)
        let isForSilence = byServer && settings.restart?.goesOn != true && quiet >= settings.quietAfter
        if isForSilence { share(slot).pointee.heartbeat.noteQuietEnd(after: quiet) }
        noteMissed(since: connection.pointee.lastBeatAt, slot)
    }

    /// Whether an open stream waits for a beat that should have come by now, while this worker could have seen it.
    ///
    /// Its silence up to now is noted.
    func isOverdue(_ slot: Int) -> Bool {
        guard slab.base[slot].isHeld else { return false }
        noteSilence(slot)
        return settings.heartbeat.map { isLate($0, since: slab.base[slot].lastBeatAt) } ?? false
    }

    private func isLate(_ heartbeat: HeartbeatOptions, since lastBeat: Nanoseconds) -> Bool {
        let interval = elapsed(since: lastBeat)
        guard interval > heartbeat.longestInterval else { return false }
        return interval - min(stalls.length(from: lastBeat, to: moment), interval) > heartbeat.longestInterval
    }

    private func noteSilence(_ slot: Int) {
        let silence = elapsed(since: slab.base[slot].lastByteAt)
        let share = share(slot)
        if silence > share.pointee.heartbeat.longestSilence ?? 0 { share.pointee.heartbeat.longestSilence = silence }
    }

    private func noteMissed(since lastBeat: Nanoseconds, _ slot: Int) {
        let interval = elapsed(since: lastBeat)
        guard let heartbeat = settings.heartbeat, interval > heartbeat.longestInterval else { return }
        // While this worker stood still it could not have seen a beat.
        guard isLate(heartbeat, since: lastBeat) else {
            share(slot).pointee.heartbeat.excused += 1
            return
        }
        // An interval of about n periods misses n - 1 beats, and at least the one that was late.
        let periods = (Double(interval) / Double(heartbeat.expect)).rounded()
        share(slot).pointee.heartbeat.missed = (share(slot).pointee.heartbeat.missed ?? 0) + UInt64(max(1, periods - 1))
    }
}
