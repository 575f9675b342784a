import Vocabulary

/// What streams brought that are followed from their first event to their end.
public struct StreamRecord: Codable, Equatable, Mergeable, Sendable {
    /// Streams that ended with their end marker.
    public var marked: UInt64 = 0
    /// Streams that the server ended without the end marker; nil where none was expected.
    public var unmarked: UInt64?
    /// Streams that were dropped on purpose at an event.
    public var cancelled: UInt64 = 0
    /// The time between two events of one stream, in ns; events that came together have none between them.
    public var gap = LatencyHistogram()
    /// Events of each stream that was not cut short by this side, its end marker aside.
    public var events = NumberHistogram()
    /// Events with a token's text of each stream that was not cut short by this side; nil where none were looked for.
    public var tokens: NumberHistogram?
    /// Tokens a second of each stream, from its first token to its last; nil where none were looked for.
    public var tokenRate: NumberHistogram?
    /// From the scheduled start to the first token's text, in ns; nil where none was looked for.
    public var timeToFirstToken: LatencyHistogram?

    /// No streams.
    public init() {}

    /// Adds another's streams.
    public mutating func merge(_ other: StreamRecord) {
        marked.saturatingAdd(other.marked)
        unmarked.saturatingAdd(other.unmarked)
        cancelled.saturatingAdd(other.cancelled)
        gap.merge(other.gap)
        events.merge(other.events)
        tokens.merge(other.tokens)
        tokenRate.merge(other.tokenRate)
        timeToFirstToken.merge(other.timeToFirstToken)
    }
}

/// How late events came by the time that the server itself wrote into them: another clock than this machine's.
///
/// How far the clocks are apart cannot be told from how long the fastest event took. The smallest difference of both
/// stands for it, and every event counts as late by what its own difference is larger: so much it took longer than the
/// fastest one. Differences are kept to both sides of the first one, in three significant digits each.
public struct ServerClockRecord: Codable, Equatable, Mergeable, Sendable {
    /// Events whose time could not be read.
    public var unread: UInt64 = 0
    /// The smallest difference: this machine's realtime clock at an event's arrival less the event's time, in ns; nil
    /// where no event had one.
    public private(set) var offset: Int64?
    /// The difference that the others are kept from, in ns.
    private var base: Int64 = 0
    private var above = LatencyHistogram()
    private var below = LatencyHistogram()

    /// Nothing measured.
    public init() {}

    /// Notes an event; after the first without allocating, but for the first one below it.
    ///
    /// - Parameters:
    ///   - sent: the event's time, in ns of the server's clock.
    ///   - received: its arrival, in ns since 1970 of this machine's.
    public mutating func note(sent: Int64, received: Int64) {
        let (difference, overflow) = received.subtractingReportingOverflow(sent)
        guard !overflow else {
            unread.saturatingAdd(1)
            return
        }
        if offset == nil { base = difference }
        offset = min(offset ?? difference, difference)
        record(difference, count: 1)
    }

    /// Adds another's events.
    public mutating func merge(_ other: ServerClockRecord) {
        unread.saturatingAdd(other.unread)
        guard let theirs = other.offset else { return }
        if offset == nil { base = other.base }
        offset = min(offset ?? theirs, theirs)
        for bucket in other.above.buckets { record(Self.add(other.base, bucket.value), count: bucket.count) }
        for bucket in other.below.buckets { record(Self.subtract(other.base, bucket.value), count: bucket.count) }
    }

    /// How much later than the fastest one each event came, in ns.
    public var latencies: LatencyHistogram {
        var latencies = LatencyHistogram()
        guard let offset else { return latencies }
        func note(_ difference: Int64, _ count: UInt64) {
            let (late, overflow) = max(difference, offset).subtractingReportingOverflow(offset)
            latencies.record(overflow ? LatencyHistogram.longest : UInt64(late), count: count)
        }
        for bucket in above.buckets { note(Self.add(base, min(bucket.value, above.largest)), bucket.count) }
        for bucket in below.buckets { note(Self.subtract(base, min(bucket.value, below.largest)), bucket.count) }
        return latencies
    }

    private mutating func record(_ difference: Int64, count: UInt64) {
        let (distance, overflow) = difference.subtractingReportingOverflow(base)
        let span = overflow ? LatencyHistogram.longest : distance.magnitude
        if difference >= base { above.record(span, count: count) } else { below.record(span, count: count) }
    }

    private static func add(_ base: Int64, _ span: Nanoseconds) -> Int64 {
        let (sum, overflow) = base.addingReportingOverflow(Int64(clamping: span))
        return overflow ? .max : sum
    }

    private static func subtract(_ base: Int64, _ span: Nanoseconds) -> Int64 {
        let (difference, overflow) = base.subtractingReportingOverflow(Int64(clamping: span))
        return overflow ? .min : difference
    }
}
