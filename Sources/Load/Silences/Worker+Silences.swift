import EventLoop
import Record
import RunProfile
import Vocabulary

/// When streams fell silent that were never so silent before, and how many did at once.
extension Worker {
    /// Takes a gap between two bytes of a stream, or from its last byte to its end.
    ///
    /// - Parameter isOver: whether a byte has ended it.
    func noteGap(_ gap: Nanoseconds, isOver: Bool, _ slot: Int) {
        let connection = slab.base + slot
        let last = connection.pointee.lastByteAt
        let history = last - min(connection.pointee.rhythm.openedAt, last)
        guard connection.pointee.pace.isSilence(gap, after: history, promise: promise(slot)) else {
            return connection.pointee.pace.learn(gap)
        }
        fellSilent(gap, after: history, isOver: isOver, slot)
    }

    /// Notes beats that were missed where their stream has just been silent.
    func noteMissedInSilence(_ missed: UInt64, since lastBeat: Nanoseconds, _ slot: Int) {
        guard missed > 0, silentSlot == slot, silentAt == moment else { return }
        silences.noteMissed(missed, from: lastBeat, to: moment)
    }

    @inline(never)
    private func fellSilent(_ gap: Nanoseconds, after history: Nanoseconds, isOver: Bool, _ slot: Int) {
        let connection = slab.base + slot
        let start = connection.pointee.lastByteAt
        // While this worker stood still it could not have seen a byte.
        let own = min(stalls.length(from: start, to: moment), gap)
        guard connection.pointee.pace.isSilence(gap - own, after: history, promise: promise(slot)) else { return }
        connection.pointee.rhythm.noteSilence()
        (silentSlot, silentAt) = (slot, moment)
        silences.note(
            SilenceWatch.Silence(
                start: start,
                end: moment,
                isOver: isOver,
                usual: connection.pointee.pace.longestGap
            )
        ) {
            var count: UInt64 = 0
            for slot in slab.slots where slab.base[slot].isOpen && slab.base[slot].isHeld {
                let opened = slab.base[slot].rhythm.openedAt
                let history = start - min(opened, start)
                if slab.base[slot].pace.isSilence(gap, after: history, promise: promise(slot)) { count += 1 }
            }
            return count
        }
    }

    /// The longest time between two beats that a stream has promised by a first one, in ns; nil where it has not.
    private func promise(_ slot: Int) -> Nanoseconds? {
        slab.base[slot].beats > 0 ? settings.heartbeat?.longestInterval : nil
    }
}
