import EventLoop
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
        guard !connection.pointee.isMarked else { return }
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

/// How a connection reads its stream.
enum ReadingKind: UInt8 {
    /// As bytes come.
    case full
    /// Slowly or not at all.
    case slow
    /// What has come, after it was read slowly, to see whether the server's end stands behind it.
    case last
    /// The same, after the server's end was seen to come.
    case lastBeforeEnd
}

/// When slow readers are there, as the plan has it, and what healthy streams saw before and meanwhile.
struct SlowSpan {
    /// When the first comes, in ns from the load's start.
    let start: Nanoseconds
    /// When the last one's time is over, in ns from the load's start.
    let end: Nanoseconds
    /// What each scenario had recorded as the first came.
    private var atStart: [SlowNeighbourRecord.Figures] = []
    /// What each scenario had recorded as the last one's time was over.
    private var atEnd: [SlowNeighbourRecord.Figures] = []

    /// The span of some scenarios; nil where none reads slowly, or none reads as bytes come.
    init?(_ plans: [ScenarioPlan]) {
        let slow = plans.filter { $0.scenario.read != .full }
        guard let start = slow.map({ $0.schedule.moment(of: 0) }).min(), slow.count < plans.count else { return nil }
        self.start = start
        end = slow.map { $0.schedule.lastMoment + ($0.scenario.hold ?? 0) }.max() ?? start
    }

    /// When the next of both moments is, in ns from the load's start; nil after the last.
    var next: Nanoseconds? { atStart.isEmpty ? start : atEnd.isEmpty ? end : nil }

    /// Notes what the scenarios have recorded at the next of both moments.
    mutating func pass(_ shares: UnsafeMutableBufferPointer<LoadRecord>) {
        if atStart.isEmpty { atStart = shares.map(\.figures) } else { atEnd = shares.map(\.figures) }
    }

    /// What a healthy scenario saw; nil where the span has not begun.
    func neighbour(_ index: Int, _ share: LoadRecord) -> SlowNeighbourRecord? {
        guard atStart.indices.contains(index) else { return nil }
        let last = atEnd.indices.contains(index) ? atEnd[index] : share.figures
        var record = SlowNeighbourRecord()
        record.before = atStart[index]
        record.during.event = last.event.since(atStart[index].event)
        record.during.beat = last.beat.since(atStart[index].beat)
        record.during.gap = last.gap.since(atStart[index].gap)
        return record
    }
}

extension LoadRecord {
    /// What can get worse beside slow readers.
    fileprivate var figures: SlowNeighbourRecord.Figures {
        var figures = SlowNeighbourRecord.Figures()
        figures.event = latency[.event]
        figures.beat = heartbeat.interval
        figures.gap = streams?.gap ?? LatencyHistogram()
        return figures
    }
}
