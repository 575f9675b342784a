import EventLoop
import EventStream
import Record
import Transport
import Vocabulary

/// Which published messages have come, on streams that are to get them.
extension Worker {
    /// The moment up to which everything that came has been read, in ns of the monotonic clock.
    ///
    /// A turn takes a bounded number of events from the kernel: after a full one some streams may not have been read.
    var readUpTo: Nanoseconds {
        loop.readyCount < EventLoop.eventsPerTurn && unfinishedReads.isEmpty ? loop.turnStarted : lastDryTurn
    }

    /// Notes the end of a turn.
    func noteTurnEnd() { lastDryTurn = readUpTo }

    /// Notes what bytes of the stream brought: all stamps but the last with the moment of bytes behind them, which may be
    /// later; the last waits for what else the same read brings.
    func noteDeliveries(_ sink: borrowing StreamSink, _ slot: Int) {
        guard sink.events + sink.comments > 0 else { return }
        settleDelivery(slot, isExact: false)
        if sink.events > 0 {
            deliveries.noteEvent(slot, at: moment)
            resumes.noteEvent(slot, at: moment)
        }
        guard sink.stampCount > 0 else { return }
        let scenario = Int(slab.base[slot].scenario)
        for stamp in stamps[..<(sink.stampCount - 1)] {
            resumes.note(stamp, slot, scenario: scenario, at: moment)
            deliveries.note(stamp, slot, scenario: scenario, at: moment, isExact: false)
        }
        lastStamp = stamps[sink.stampCount - 1]
        if !sink.endsInStamp { settleDelivery(slot, isExact: false) }
    }

    /// Notes the last stamp of a read, if one waits.
    ///
    /// - Parameter isExact: whether nothing came behind it.
    func settleDelivery(_ slot: Int, isExact: Bool) {
        guard let stamp = lastStamp else { return }
        lastStamp = nil
        let scenario = Int(slab.base[slot].scenario)
        resumes.note(stamp, slot, scenario: scenario, at: moment)
        deliveries.note(stamp, slot, scenario: scenario, at: moment, isExact: isExact)
    }

    /// Ends a read that brought bytes of the body.
    func endDeliveryRead(_ slot: Int, count: Int) {
        guard lastStamp != nil else { return }
        let connection = slab.base + slot
        let isWhole =
            connection.pointee.stream.isDrained(by: count, of: buffer.count) && !connection.pointee.parser.isUnfinished
        settleDelivery(slot, isExact: isWhole)
    }

    /// Notes that a client closes its stream; nothing where none is open.
    func noteDeparture(_ slot: Int) {
        guard stampReader != nil, slab.base[slot].isOpen else { return }
        deliveries.noteDeparture(
            scenario: Int(slab.base[slot].scenario),
            stream: slab.base[slot].index,
            at: MonotonicClock.now()
        )
    }

    /// Ends the watch over a stream; nothing where it has ended.
    func endDeliveries(_ slot: Int) {
        settleDelivery(slot, isExact: false)
        resumes.close(slot, scenario: Int(slab.base[slot].scenario), at: readUpTo)
        deliveries.end(slot, scenario: Int(slab.base[slot].scenario), at: readUpTo)
    }
}
