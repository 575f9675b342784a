import EventLoop
import EventStream
import Glibc
import HTTP
import Record
import RunProfile
import Transport
import Vocabulary

/// The hot path: what has arrived on a connection, through the worker's buffer and the parsers.
///
/// It drives the parsers that ``HTTPExchange`` drives by itself: a stream's bytes are read in place, and a head that is
/// known already is not read at all.
extension Worker {
    /// Reads a connection until nothing is left, within a bound.
    func read(_ slot: Int, _ readiness: Readiness) {
        let connection = slab.base + slot
        guard !connection.pointee.isUnfinished else { return }
        // A short read leaves nothing behind, unless the peer's end has been seen with it.
        let mayStopShort = readiness.isDisjoint(with: [.peerClosed, .hungUp, .failed])
        for _ in 0..<Self.readsPerTurn {
            var received: UInt64 = 0
            switch connection.pointee.stream.read(into: buffer, received: &received) {
            case .bytes(let count):
                stamp(received, slot)
                guard take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), slot) else { return }
                if mayStopShort, connection.pointee.stream.isDrained(by: count, of: buffer.count) {
                    return drained(slot)
                }
            case .wouldBlock: return drained(slot)
            case .end: return ended(slot)
            case .failed(let failure): return lost(slot, failure.name)
            }
        }
        leaveUnfinished(slot)
    }

    /// Takes the kernel's word for when bytes came, so that the time they waited for this worker does not count.
    private func stamp(_ received: UInt64, _ slot: Int) {
        guard received > 0 else {
            share(slot).pointee.unstampedReads = (share(slot).pointee.unstampedReads ?? 0) + 1
            return
        }
        hasStamps = true
        share(slot).pointee.stampedReads += 1
        moment = received &- realtime.ahead
    }

    /// Everything that had arrived has been read.
    private func drained(_ slot: Int) {
        // One that is dropped at an event passes on to the last stage there.
        if slab.base[slot].stage == .firstEvent, slab.base[slot].dropAt == 0 { _ = reach(.streaming, slot) }
    }

    /// Takes bytes of the response.
    ///
    /// - Returns: whether the connection reads on.
    func take(_ bytes: UnsafeRawBufferPointer, _ slot: Int) -> Bool {
        let connection = slab.base + slot
        share(slot).pointee.bytesReceived += UInt64(bytes.count)
        if connection.pointee.phase == .streaming { return takeBody(bytes, slot) }
        if connection.pointee.stage < .responseStarted, reach(.responseStarted, slot) { return false }
        var input = bytes
        do throws(HTTPHeadError) {
            guard let start = try readHead(&input, slot) else {
                return connection.pointee.phase == .awaitingHead || connection.pointee.phase == .requesting
            }
            guard begin(start, slot) else { return false }
        } catch {
            fail(slot, error.rawValue)
            return false
        }
        // A body that is none ends with its head; the connection may stay open.
        guard !connection.pointee.body.isComplete else {
            ended(slot)
            return false
        }
        guard input.isEmpty || takeBody(input, slot) else { return false }
        guard connection.pointee.reading == .slow else { return true }
        rest(slot)
        return false
    }

    /// Reads the head at the start of an input, which it shortens.
    ///
    /// - Returns: the stream that the head announces; nil where the head goes on, or announces none and has failed the
    ///   connection.
    private func readHead(
        _ input: inout UnsafeRawBufferPointer,
        _ slot: Int
    ) throws(HTTPHeadError) -> KnownAnswer.Start? {
        let connection = slab.base + slot
        let scenario = Int(connection.pointee.scenario)
        if connection.pointee.head == nil, let known = knownAnswer.match(input, of: scenario) {
            input = UnsafeRawBufferPointer(rebasing: input[known.count...])
            share(slot).pointee.latency[.timeToHeaders].record(elapsed(since: connection.pointee.scheduled))
            silences.noteAnswered(at: moment)
            return known.start
        }
        var parser =
            connection.pointee.takeHead() ?? HTTPResponseHeadParser(limitBytes: settings.limits.headerBytes)
        var isKept = false
        defer { if !isKept { parser.release() } }
        while true {
            let isWhole = parser.isFresh
            guard let parsed = try parser.parse(input) else {
                isKept = true
                connection.pointee.keepHead(parser)
                return nil
            }
            let bytes = UnsafeRawBufferPointer(rebasing: input[..<parsed.consumed])
            input = UnsafeRawBufferPointer(rebasing: input[parsed.consumed...])
            if parsed.head.isInterim { continue }
            share(slot).pointee.latency[.timeToHeaders].record(elapsed(since: connection.pointee.scheduled))
            silences.noteAnswered(at: moment)
            guard let start = try start(parsed.head, slot, rest: input) else { return nil }
            if isWhole { knownAnswer.keep(bytes, of: scenario, start) }
            return start
        }
    }

    /// The stream that a response head announces; nil where there is none, which fails the connection.
    ///
    /// - Parameter rest: what came behind it.
    private func start(
        _ head: HTTPResponseHead,
        _ slot: Int,
        rest: UnsafeRawBufferPointer
    ) throws(HTTPHeadError) -> KnownAnswer.Start? {
        if let name = UnusableResponse.name(head) {
            refuse(slot, name, head, rest: rest)
            return nil
        }
        let isHead = scenarios[Int(slab.base[slot].scenario)].endpoint.isHead
        let framing = try head.bodyFraming(toHead: isHead)
        guard let compression = UnusableResponse.compression(head) else {
            refuse(slot, UnusableResponse.unsupportedContentCoding, head, rest: rest)
            return nil
        }
        return KnownAnswer.Start(framing: framing, compression: compression)
    }

    /// Begins a stream.
    ///
    /// - Returns: whether the connection reads on.
    private func begin(_ start: KnownAnswer.Start, _ slot: Int) -> Bool {
        let connection = slab.base + slot
        connection.pointee.body = BodyDecoder(start.framing)
        if case .format(let format) = start.compression {
            connection.pointee.inflate(format, ratio: settings.limits.compressionRatio)
        }
        connection.pointee.phase = .streaming
        streamOpened(slot)
        return !reach(.headersReceived, slot)
    }

    /// Takes bytes of the response's body.
    private func takeBody(_ bytes: UnsafeRawBufferPointer, _ slot: Int) -> Bool {
        let connection = slab.base + slot
        var progress = ReadProgress()
        var input = bytes
        defer { if lastStamp != nil { endDeliveryRead(slot, count: bytes.count) } }
        do throws(BodyError) {
            while let slice = try connection.pointee.body.next(&input) {
                if connection.pointee.inflater == nil {
                    guard parse(slice, slot, &progress) else { return false }
                } else {
                    guard inflate(slice, slot, &progress) else { return false }
                }
            }
        } catch {
            broken(slot, error.rawValue)
            return false
        }
        guard !connection.pointee.body.isComplete else {
            ended(slot)
            return false
        }
        return true
    }

    private func inflate(_ slice: UnsafeRawBufferPointer, _ slot: Int, _ progress: inout ReadProgress) -> Bool {
        let connection = slab.base + slot
        var input = slice
        do throws(InflateError) {
            while let bytes = try connection.pointee.inflater?.pointee.next(&input, scratch: inflated) {
                guard parse(bytes, slot, &progress) else { return false }
            }
            return true
        } catch {
            broken(slot, error.rawValue)
            return false
        }
    }

    /// What of one read has been handled.
    private struct ReadProgress {
        /// Whether it had bytes of the event stream.
        ///
        /// Those of the framing and of the compression do not count as a sign of life: a server that ends a quiet stream
        /// sends some.
        var hasBytes = false
        /// Whether something began in it: what one event brings in many reads is one sign of life.
        var hasBegun = false
    }

    /// Takes bytes of the event stream.
    private func parse(_ bytes: UnsafeRawBufferPointer, _ slot: Int, _ progress: inout ReadProgress) -> Bool {
        let connection = slab.base + slot
        if !progress.hasBytes { noteBytes(slot) }
        progress.hasBytes = true
        let goesOn = connection.pointee.parser.isUnfinished
        if connection.pointee.stage < .streamStarted, reach(.streamStarted, slot) { return false }
        let isFull = connection.pointee.reading == .full
        var sink = StreamSink(
            beat: beat,
            moments: isFull ? moments : UnsafeMutableBufferPointer(start: nil, count: 0),
            stampReader: isFull ? stampReader : nil,
            stamps: stamps,
            stopsAtFirstEvent: connection.pointee.stop == .firstEvent,
            kinds: BeatKinds(connection.pointee.rhythm.row > 0 ? eventNames : nil),
            follower: follower(slot)
        )
        let result = connection.pointee.parser.parse(bytes, into: &sink)
        let share = share(slot)
        share.pointee.events += UInt64(sink.events)
        share.pointee.comments += UInt64(sink.comments)
        if let told = sink.retries { noteRetry(told, last: sink.lastRetry, slot) }
        let parts = sink.events + sink.comments
        let begins =
            parts > 1 || (parts == 1 && connection.pointee.parser.isUnfinished) || (!goesOn && !Self.isLineEnd(bytes))
        let isNew = begins && !progress.hasBegun
        if begins { progress.hasBegun = true }
        if stampReader != nil, isFull { noteDeliveries(sink, slot) }
        if sink.momentCount > 0 { noteEvents(sink.momentCount, slot) }
        // Before the beats, as events that come with them belong to the interval that these end.
        if sink.hasOtherEvents { connection.pointee.rhythm.noteEvents() }
        if sink.beats > 0, connection.pointee.isHeld { noteBeats(sink.beats, slot) }
        if case .any = beat, connection.pointee.isHeld {
            if isNew { noteBeats(1, slot) } else if !progress.hasBegun { connection.pointee.rhythm.noteEvents() }
        }
        discover(sink, begins: isNew, slot)
        if sink.events > 0, connection.pointee.stage < .firstEvent {
            if isFull { share.pointee.latency[.timeToFirstEvent].record(elapsed(since: connection.pointee.scheduled)) }
            if reach(.firstEvent, slot) { return false }
        }
        if sink.follower.watch != nil, !note(sink.follower, slot) { return false }
        if case .limit(let limit) = result {
            broken(slot, limit.rawValue)
            return false
        }
        return true
    }

    /// Whether bytes are but the blank line that ends what came before.
    private static func isLineEnd(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count <= 2 && bytes.allSatisfy { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    }

    /// Throws away what arrives after a half-close, until the server ends.
    ///
    /// Past any TLS: its session may have stopped dead in its handshake, or would go on with it.
    func discard(_ slot: Int) {
        guard !slab.base[slot].isUnfinished else { return }
        for _ in 0..<Self.readsPerTurn {
            switch Socket.receive(slab.base[slot].stream.descriptor, into: buffer) {
            case .bytes: continue
            case .wouldBlock: return
            case .end, .failed: return closeAndFree(slot)
            }
        }
        leaveUnfinished(slot)
    }

    /// Notes the latency of events of one read by the moments at which they were published.
    func noteEvents(_ count: Int, _ slot: Int) {
        // A moment before the load or after the arrival is none of this run's.
        for sent in moments[..<count] where sent >= started && sent <= moment {
            share(slot).pointee.latency[.event].record(moment - sent)
        }
    }
}

/// The last response head that began a stream, byte for byte, and what was found in it.
///
/// A server sends the same head to all its streams, but for the date: comparing spares reading it again.
struct KnownAnswer {
    /// Longer heads are not kept, in bytes.
    static let mostBytes = 4 << 10

    /// The end of the stream's body, and its compression.
    struct Start {
        let framing: BodyFraming
        let compression: UnusableResponse.Compression
    }

    private var bytes: [UInt8] = []
    private var scenario = 0
    private var start: Start?

    init() { bytes.reserveCapacity(Self.mostBytes) }

    /// Keeps the head of a scenario's response, with its final empty line.
    mutating func keep(_ head: UnsafeRawBufferPointer, of scenario: Int, _ start: Start) {
        bytes.removeAll(keepingCapacity: true)
        self.start = nil
        guard head.count <= Self.mostBytes else { return }
        bytes.append(contentsOf: head)
        self.scenario = scenario
        self.start = start
    }

    /// What the input of a scenario's response begins with, and the bytes of its head; nil where it is another head.
    func match(_ input: UnsafeRawBufferPointer, of scenario: Int) -> (start: Start, count: Int)? {
        guard let start, scenario == self.scenario, input.count >= bytes.count, let address = input.baseAddress else {
            return nil
        }
        return memcmp(bytes, address, bytes.count) == 0 ? (start, bytes.count) : nil
    }
}
