import EventStream
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
