import EventLoop
import EventStream
import Record
import RunProfile
import Vocabulary

/// Looks at the events of one read, where the scenario looks at any.
struct StreamFollower {
    /// What is looked for; nil for nothing.
    let watch: UnsafePointer<EventWatch>?
    /// The event of this read at which the stream is dropped, from 1; 0 for none.
    let dropAt: UInt32
    /// Where the server's times go.
    let times: UnsafeMutableBufferPointer<Int64>
    private(set) var timeCount = 0
    /// Events whose time could not be read.
    private(set) var unreadTimes: UInt64 = 0
    /// Events, the end marker aside.
    private(set) var events: UInt32 = 0
    /// Events with a token's text.
    private(set) var tokens: UInt32 = 0
    /// Whether the end marker has come.
    private(set) var isMarked = false

    /// A follower that looks at nothing.
    static var idle: StreamFollower {
        StreamFollower(watch: nil, dropAt: 0, times: UnsafeMutableBufferPointer(start: nil, count: 0))
    }

    init(watch: UnsafePointer<EventWatch>?, dropAt: UInt32, times: UnsafeMutableBufferPointer<Int64>) {
        self.watch = watch
        self.dropAt = dropAt
        self.times = times
    }

    /// Whether the event is reached at which the stream is dropped.
    var isDropReached: Bool { dropAt > 0 && events >= dropAt }

    /// Looks at an event.
    mutating func look(at event: borrowing ServerSentEvent) -> EventStreamFlow {
        guard let watch else { return .continue }
        if watch.pointee.isEnd(event) {
            isMarked = true
            return .stop
        }
        events += 1
        if let path = watch.pointee.tokens, let text = path.find(in: event.data), text.kind == .string,
            !text.bytes.isEmpty
        {
            tokens += 1
        }
        if let path = watch.pointee.serverTime { readTime(path, watch.pointee.timeUnit, event) }
        return isDropReached ? .stop : .continue
    }

    private mutating func readTime(_ path: JSONPath, _ unit: Int64, _ event: borrowing ServerSentEvent) {
        guard let moment = path.find(in: event.data)?.moment(unit: unit) else {
            unreadTimes += 1
            return
        }
        guard timeCount < times.count else { return }
        times[timeCount] = moment
        timeCount += 1
    }
}

/// What one scenario looks for in its events, ready for the hot path; owns memory by hand.
struct EventWatch {
    /// The event that ends a stream in good order.
    enum Marker {
        case none
        case data(UnsafeRawBufferPointer)
        case event(UnsafeRawBufferPointer)
    }

    let marker: Marker
    /// Where the text of a token stands; nil where none is looked for.
    let tokens: JSONPath?
    /// Where the server's time stands; nil where none is looked for.
    let serverTime: JSONPath?
    /// What a number of the server's time counts, in ns each.
    let timeUnit: Int64
    /// Whether each stream's events are counted, and the time between them.
    let followsStreams: Bool

    init(_ scenario: Scenario) {
        let options = scenario.stream
        marker =
            switch options.until {
            case nil: .none
            case .data(let text): .data(Self.bytes(text))
            case .event(let name): .event(Self.bytes(name))
            }
        tokens = options.tokens.flatMap { JSONPath($0) }
        serverTime = options.serverTime.flatMap { JSONPath($0.pointer) }
        timeUnit = Int64(options.serverTime?.unit.each ?? 1)
        followsStreams = scenario.followsStreams
    }

    /// Whether the scenario's events need not be looked at.
    var isIdle: Bool { !followsStreams && serverTime == nil }

    /// Whether streams are to end with a marker.
    var hasMarker: Bool { if case .none = marker { false } else { true } }

    /// Whether an event is the one that ends its stream.
    func isEnd(_ event: borrowing ServerSentEvent) -> Bool {
        switch marker {
        case .none: false
        case .data(let text): event.data.count == text.count && event.data.elementsEqual(text)
        case .event(let name): event.isType(name)
        }
    }

    /// A record of the scenario in which what is looked for is zero, and the rest absent.
    var emptyRecord: StreamRecord? {
        guard followsStreams else { return nil }
        var record = StreamRecord()
        if hasMarker { record.unmarked = 0 }
        guard tokens != nil else { return record }
        record.tokens = NumberHistogram()
        record.tokenRate = NumberHistogram()
        record.timeToFirstToken = LatencyHistogram()
        return record
    }

    func release() {
        switch marker {
        case .none: break
        case .data(let bytes), .event(let bytes): bytes.deallocate()
        }
        tokens?.release()
        serverTime?.release()
    }

    private static func bytes(_ text: String) -> UnsafeRawBufferPointer {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 1)
        copy.copyBytes(from: text.utf8)
        return UnsafeRawBufferPointer(copy)
    }
}

/// What one followed stream has brought so far.
struct StreamTally {
    /// When its last event came, in ns of the monotonic clock.
    var lastEventAt: Nanoseconds = 0
    /// When its first token came.
    var firstTokenAt: Nanoseconds = 0
    /// When its last token came.
    var lastTokenAt: Nanoseconds = 0
    /// Events, the end marker aside.
    var events: UInt32 = 0
    /// Events with a token's text.
    var tokens: UInt32 = 0
    /// The event at which the stream is dropped; 0 for none.
    var dropAt: UInt32 = 0
    /// Whether its end marker has come.
    var isMarked = false
    /// Whether it was not cut short by this side.
    var isWhole = false
}

/// Streams that are followed from their first event to their end.
extension Worker {
    /// How long a stream whose end marker has come may take to be ended by the server, in ns.
    ///
    /// A client that closes at the marker looks to the server like one that has given up.
    static let markedPatience: Nanoseconds = 250 * .perMillisecond
    /// Events of one read whose server's time is kept; those beyond are not.
    static let serverTimesPerRead = 256

    /// What looks at the events of a connection's next read.
    func follower(_ slot: Int) -> StreamFollower {
        let connection = slab.base + slot
        let watch = watches.baseAddress.unsafelyUnwrapped + Int(connection.pointee.scenario)
        guard !watch.pointee.isIdle, !connection.pointee.isMarked else { return .idle }
        let tally = connection.pointee.tally
        return StreamFollower(watch: watch, dropAt: tally.dropAt > 0 ? tally.dropAt - tally.events : 0, times: times)
    }

    /// Takes what was seen in the events of one read.
    ///
    /// - Returns: whether the connection reads on.
    func note(_ follower: StreamFollower, _ slot: Int) -> Bool {
        let connection = slab.base + slot
        if follower.timeCount > 0 || follower.unreadTimes > 0 { noteServerTimes(follower, slot) }
        if follower.events > 0 { noteEvents(follower, slot) }
        if follower.isMarked {
            connection.pointee.tally.isMarked = true
            connection.pointee.tally.isWhole = true
            share(slot).pointee.streams?.marked += 1
            loop.timers.set(slot + 1, at: moment + Self.markedPatience)
        } else if follower.isDropReached {
            share(slot).pointee.streams?.cancelled += 1
            return !reach(.streaming, slot)
        }
        return true
    }

    private func noteEvents(_ follower: StreamFollower, _ slot: Int) {
        let connection = slab.base + slot
        let share = share(slot)
        // A slow reader gets its events when it reads them, not when they come.
        if connection.pointee.reading == .full {
            if connection.pointee.tally.events > 0 {
                share.pointee.streams?.gap.record(elapsed(since: connection.pointee.tally.lastEventAt))
            }
            if follower.events > 1 { share.pointee.streams?.gap.record(0, count: UInt64(follower.events - 1)) }
        }
        connection.pointee.tally.lastEventAt = moment
        connection.pointee.tally.events &+= follower.events
        guard follower.tokens > 0 else { return }
        if connection.pointee.tally.tokens == 0 {
            connection.pointee.tally.firstTokenAt = moment
            if connection.pointee.reading == .full {
                share.pointee.streams?.timeToFirstToken?.record(elapsed(since: connection.pointee.scheduled))
            }
        }
        connection.pointee.tally.tokens &+= follower.tokens
        connection.pointee.tally.lastTokenAt = moment
    }

    private func noteServerTimes(_ follower: StreamFollower, _ slot: Int) {
        let share = share(slot)
        share.pointee.serverClock?.unread.saturatingAdd(follower.unreadTimes)
        guard slab.base[slot].reading == .full else { return }
        // Counted from the load's start, so that no step of the realtime clock comes in between.
        let received = Int64(clamping: startedRealtime) + Int64(clamping: moment) - Int64(clamping: started)
        for sent in follower.times[..<follower.timeCount] {
            share.pointee.serverClock?.note(sent: sent, received: received)
        }
    }

    /// Counts a followed stream that is over.
    func noteFollowedEnd(_ slot: Int) {
        let tally = slab.base[slot].tally
        guard slab.base[slot].reading == .full else { return }
        let share = share(slot)
        if tally.tokens > 1, tally.lastTokenAt > tally.firstTokenAt {
            let seconds = (tally.lastTokenAt - tally.firstTokenAt).inSeconds
            share.pointee.streams?.tokenRate?.record(Double(tally.tokens - 1) / seconds)
        }
        guard tally.isWhole else { return }
        share.pointee.streams?.events.record(Double(tally.events))
        share.pointee.streams?.tokens?.record(Double(tally.tokens))
    }

    /// Whether a stream is to end with a marker that has not come.
    func awaitsMarker(_ slot: Int) -> Bool {
        let connection = slab.base + slot
        guard connection.pointee.reading == .full, !connection.pointee.isMarked else { return false }
        return watches[Int(connection.pointee.scenario)].hasMarker
    }
}
