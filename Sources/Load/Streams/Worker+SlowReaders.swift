import EventLoop
import EventStream
import Record
import RunProfile
import Transport
import Vocabulary

/// Streams that are read slowly, or not at all, from their head on; what came together with it is read with it.
///
/// Each read takes a budget and sets the timer for the next; what epoll reports meanwhile is not acted on, but for the
/// server's end. At the last, what has come is read at once, to see whether the server's end stands behind it.
extension Worker {
    /// Bytes of one slow read, where neither bound below makes them more or fewer.
    static let slowReadBytes = 512.0
    /// The shortest time between two slow reads, in ns.
    static let shortestRest: Nanoseconds = 10 * .perMillisecond
    /// The longest, in ns.
    static let longestRest: Nanoseconds = 1 * .perSecond
    /// How long the last reading may take, in ns.
    static let lastReading: Nanoseconds = 1 * .perSecond

    /// Counts a slow reader whose stream has opened.
    func slowReaderOpened(_ slot: Int, until end: Nanoseconds) {
        slab.base[slot].heldUntil = end
        let share = share(slot)
        let time = elapsed(since: started).inSeconds
        var record = share.pointee.slowReaders ?? SlowReaderRecord()
        record.streams += 1
        record.start = min(record.start ?? time, time)
        share.pointee.slowReaders = record
    }

    /// Lets a slow reader rest until its next read, or its end.
    func rest(_ slot: Int) {
        let connection = slab.base + slot
        // Behind its end marker nothing is waited for but the server's end, and its timer is set for that.
        guard !connection.pointee.tally.isMarked else { return }
        connection.pointee.phase = .resting
        let end = connection.pointee.heldUntil
        guard case .rate(let rate) = pace(slot) else {
            loop.timers.set(slot + 1, at: end)
            return
        }
        loop.timers.set(slot + 1, at: min(end, loop.turnStarted + Self.restingTime(at: rate)))
    }

    /// The rest of a slow reader is over.
    func restOver(_ slot: Int) {
        guard case .rate(let rate) = pace(slot), loop.turnStarted < slab.base[slot].heldUntil else {
            return readLast(slot)
        }
        readBudget(Int((rate * Self.restingTime(at: rate).inSeconds).rounded(.up)), slot)
    }

    /// The server has ended a stream, or the connection has broken, while its reader rested.
    func ready(resting slot: Int, _ readiness: Readiness) {
        guard !readiness.isDisjoint(with: [.peerClosed, .hungUp, .failed]) else { return }
        slab.base[slot].heldUntil = moment
        readLast(slot, as: .lastBeforeEnd)
    }

    /// A stream has broken; that of a slow reader may just have been ended like that.
    func lost(_ slot: Int, _ name: String) {
        guard slab.base[slot].reading != .full, slab.base[slot].isOpen else { return broken(slot, name) }
        slowReaderEnded(slot)
    }

    /// Counts a slow reader's stream that the server has ended.
    func slowReaderEnded(_ slot: Int) {
        share(slot).pointee.connections.ended += 1
        share(slot).pointee.slowReaders?.ended += 1
        let connection = slab.base + slot
        if connection.pointee.reading == .lastBeforeEnd {
            // Nothing but the opening is noted as a slow reader's last sign of life.
            let life = connection.pointee.heldUntil - min(connection.pointee.lastByteAt, connection.pointee.heldUntil)
            share(slot).pointee.slowReaders?.endedAfter.record(life)
        }
        closeAndFree(slot)
    }

    /// Notes until when a stream was read slowly.
    func slowReadingOver(_ slot: Int) {
        guard slab.base[slot].reading == .slow, slab.base[slot].isOpen else { return }
        let time = elapsed(since: started).inSeconds
        share(slot).pointee.slowReaders?.noteLeft(at: time)
    }

    /// Reads all that has come, to see whether the server's end stands behind it.
    private func readLast(_ slot: Int, as kind: ReadingKind = .last) {
        slowReadingOver(slot)
        let connection = slab.base + slot
        connection.pointee.reading = kind
        connection.pointee.phase = .streaming
        loop.timers.set(slot + 1, at: loop.turnStarted + Self.lastReading)
        read(slot, [.readable, .peerClosed])
    }

    private func readBudget(_ budget: Int, _ slot: Int) {
        let connection = slab.base + slot
        connection.pointee.phase = .streaming
        var left = budget
        while left > 0 {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(left, buffer.count)])
            switch connection.pointee.stream.read(into: room) {
            case .bytes(let count):
                left -= count
                guard take(UnsafeRawBufferPointer(rebasing: room[..<count]), slot) else { return }
            case .wouldBlock: return rest(slot)
            case .end: return ended(slot)
            case .failed(let failure): return lost(slot, failure.name)
            }
        }
        rest(slot)
    }

    private func pace(_ slot: Int) -> ReadPace { scenarios[Int(slab.base[slot].scenario)].plan.scenario.read }

    private static func restingTime(at rate: Double) -> Nanoseconds {
        min(max(Nanoseconds(seconds: slowReadBytes / rate), shortestRest), longestRest)
    }
}
