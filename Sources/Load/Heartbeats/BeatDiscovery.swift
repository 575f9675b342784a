import EventStream
import Glibc
import Record
import Vocabulary

/// Looks on a few streams for what comes again and again, where no heartbeat is expected.
struct BeatDiscovery {
    /// The streams that are looked at at a time.
    static let streams = 64

    /// The names of events that are told apart; the caller's.
    private let names: UnsafeMutablePointer<BeatNames>
    /// By row and kind: when it came last, in ns of the monotonic clock; 0 where it has not.
    private var lastAt = [Nanoseconds](repeating: 0, count: streams * BeatKinds.count)
    /// By row: the kinds that came at least twice, as bits.
    private var repeated = [UInt8](repeating: 0, count: streams)
    private var intervals = [LatencyHistogram](repeating: LatencyHistogram(), count: BeatKinds.count)
    private var repeatedStreams = [UInt64](repeating: 0, count: BeatKinds.count)
    private var looked: UInt64 = 0
    private var freeRows = (1...UInt8(streams)).reversed().map(\.self)

    init(_ names: UnsafeMutablePointer<BeatNames>) { self.names = names }

    /// Takes a row for a stream that has opened; 0 where none is free.
    mutating func takeRow() -> UInt8 {
        guard let row = freeRows.popLast() else { return 0 }
        beginAnew(row)
        repeated[Int(row) - 1] = 0
        looked += 1
        return row
    }

    /// Begins the next stream of a row's client: what comes once a stream comes again only with the next one.
    mutating func beginAnew(_ row: UInt8) {
        guard row > 0 else { return }
        let first = (Int(row) - 1) * BeatKinds.count
        for index in first..<first + BeatKinds.count { lastAt[index] = 0 }
    }

    /// Gives the row of a stream back that is over.
    mutating func give(_ row: UInt8) {
        if row > 0 { freeRows.append(row) }
    }

    /// Notes what came on the stream of a row, all at one moment, in ns of the monotonic clock.
    ///
    /// - Parameter bits: the kinds.
    mutating func note(_ bits: UInt8, row: UInt8, at moment: Nanoseconds) {
        let row = Int(row) - 1
        for kind in 0..<BeatKinds.count where bits & (1 << UInt8(kind)) != 0 {
            let index = row * BeatKinds.count + kind
            let last = lastAt[index]
            lastAt[index] = moment
            // Pieces of one read, or a clock that goes no further, are no interval.
            guard last > 0, moment > last else { continue }
            intervals[kind].record(moment - last)
            guard repeated[row] & (1 << UInt8(kind)) == 0 else { continue }
            repeated[row] |= 1 << UInt8(kind)
            repeatedStreams[kind] += 1
        }
    }

    /// What came again and again since the last call.
    mutating func take() -> [DiscoveredBeat] {
        defer {
            for kind in intervals.indices { (intervals[kind], repeatedStreams[kind]) = (LatencyHistogram(), 0) }
            for row in repeated.indices { repeated[row] = 0 }
            looked = UInt64(Self.streams - freeRows.count)
        }
        return intervals.indices.filter { repeatedStreams[$0] > 0 }.map { column in
            let (kind, name) = describe(column)
            return DiscoveredBeat(
                kind: kind,
                name: name,
                streams: repeatedStreams[column],
                looked: looked,
                interval: intervals[column]
            )
        }
    }

    private func describe(_ column: Int) -> (kind: DiscoveredBeat.Kind, name: String?) {
        switch column {
        case BeatKinds.comment: (.comment, nil)
        case BeatKinds.emptyEvent: (.emptyEvent, nil)
        case BeatKinds.any: (.any, nil)
        default: (.event, names.pointee.name(column - BeatKinds.firstName))
        }
    }
}

/// The kinds of what came in one read of a stream that is looked at, as bits.
struct BeatKinds {
    /// The columns of a ``BeatDiscovery``: comments, events without data, any bytes, and events by name.
    static let comment = 0
    static let emptyEvent = 1
    static let any = 2
    static let firstName = 3
    static let count = firstName + BeatNames.limit

    /// The names of events that are told apart; nil where the stream is not looked at.
    let names: UnsafeMutablePointer<BeatNames>?
    private(set) var bits: UInt8 = 0

    /// Nothing has come yet.
    init(_ names: UnsafeMutablePointer<BeatNames>?) { self.names = names }

    /// Notes an event; one without a name is no sign of a heartbeat.
    mutating func note(_ event: borrowing ServerSentEvent) {
        guard let names, !event.type.isEmpty, let index = names.pointee.index(of: event.type) else { return }
        bits |= 1 << UInt8(Self.firstName + index)
    }

    /// Notes a block with a type or an ID but without data.
    mutating func noteEmptyEvent() { bits |= 1 << UInt8(Self.emptyEvent) }
}

/// The first names of events that a worker has seen, in fixed memory.
struct BeatNames {
    /// The most names; events of others are not told apart.
    static let limit = 4
    /// The longest name that is kept, in bytes.
    static let longest = 64

    private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: limit * longest, alignment: 1)
    private var lengths: InlineLengths = (0, 0, 0, 0)
    private(set) var count = 0

    private typealias InlineLengths = (UInt8, UInt8, UInt8, UInt8)

    /// The position of a name, which is kept where there is room; nil where there is none.
    mutating func index(of name: UnsafeRawBufferPointer) -> Int? {
        guard let start = name.baseAddress, let kept = bytes.baseAddress, (1...Self.longest).contains(name.count)
        else { return nil }
        for index in 0..<count where length(index) == name.count {
            if memcmp(kept + index * Self.longest, start, name.count) == 0 { return index }
        }
        guard count < Self.limit else { return nil }
        (kept + count * Self.longest).copyMemory(from: start, byteCount: name.count)
        withUnsafeMutableBytes(of: &lengths) { $0[count] = UInt8(name.count) }
        count += 1
        return count - 1
    }

    /// The name at a position, malformed bytes replaced.
    func name(_ index: Int) -> String {
        let start = index * Self.longest
        return String(decoding: bytes[start..<start + length(index)], as: UTF8.self)
    }

    func release() { bytes.deallocate() }

    private func length(_ index: Int) -> Int { withUnsafeBytes(of: lengths) { Int($0[index]) } }
}
