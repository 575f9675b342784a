import Vocabulary

/// What the heartbeats of all streams did.
public struct HeartbeatRecord: Codable, Equatable, Sendable {
    /// Streams that were watched: those with an open stream that were not dropped on purpose.
    public var streams: UInt64 = 0
    /// Beats received.
    public var beats: UInt64 = 0
    /// The time between two beats of one stream, in ns.
    public var interval = LatencyHistogram()
    /// Beats that did not come while they were expected; nil where nothing was expected.
    public var missed: UInt64?
    /// Late beats that are not counted as missed, as the generator itself stood still meanwhile.
    public var excused: UInt64 = 0
    /// The longest time in which an open stream received no byte, in ns; nil where no stream was open.
    public var longestSilence: Nanoseconds?
    /// Streams that the server ended while they were quiet.
    public var disconnectedWhileQuiet: UInt64 = 0
    /// For how long these had been quiet, in ns; nil where there were none, and in records of older versions.
    public var quietLives: LatencyHistogram?
    /// The longest that a stream was open, in ns; nil where none ended, and in records of older versions.
    public var longestLife: Nanoseconds?
    /// How old the streams were that the server ended; nil where there were none, and in records of older versions.
    public var ended: EndedStreams?
    /// How old the streams were that the server did not end; nil where there were none, and in records of older versions.
    public var unendedAges: LatencyHistogram?
    /// How regular the beats were; nil where none were expected, and in records of older versions.
    public var rhythm: RhythmRecord?
    /// What came regularly; nil where a heartbeat was expected, and in records of older versions.
    public var discovered: [DiscoveredBeat]?

    /// Nothing watched.
    public init() {}

    /// Adds another's beats.
    public mutating func merge(_ other: HeartbeatRecord) {
        streams.saturatingAdd(other.streams)
        beats.saturatingAdd(other.beats)
        interval.merge(other.interval)
        missed = Self.combine(missed, other.missed) { $0.saturatingAdding($1) }
        longestSilence = Self.combine(longestSilence, other.longestSilence, max)
        excused.saturatingAdd(other.excused)
        disconnectedWhileQuiet.saturatingAdd(other.disconnectedWhileQuiet)
        quietLives.merge(other.quietLives)
        longestLife = Self.combine(longestLife, other.longestLife, max)
        ended.merge(other.ended)
        unendedAges.merge(other.unendedAges)
        rhythm.merge(other.rhythm)
        if let found = other.discovered { discovered = DiscoveredBeat.merged(discovered ?? [], found) }
    }

    /// Notes a stream that the server ended after so long without a byte, in ns.
    public mutating func noteQuietEnd(after quiet: Nanoseconds) {
        disconnectedWhileQuiet.saturatingAdd(1)
        if quietLives == nil { quietLives = LatencyHistogram() }
        quietLives?.record(quiet)
    }

    /// Notes that the server ended a watched stream.
    ///
    /// - Parameters:
    ///   - end: how.
    ///   - quietAfter: after how long without a byte a stream counts as quiet, in ns; nil where none does.
    ///   - moment: when, in ns from the start of the load.
    public mutating func noteEnd(_ end: StreamEnd, quietAfter: Nanoseconds?, at moment: Nanoseconds) {
        let isQuiet = quietAfter.map { end.silence >= $0 && end.isUnusuallySilent } ?? false
        if isQuiet { noteQuietEnd(after: end.silence) }
        if end.age > longestLife ?? 0 { longestLife = end.age }
        if ended == nil { ended = EndedStreams(firstAt: moment) }
        ended?.note(end, isQuiet: isQuiet, at: moment)
    }

    /// Notes that the client ended a watched stream, after some time, in ns.
    public mutating func noteUnended(age: Nanoseconds) {
        if age > longestLife ?? 0 { longestLife = age }
        if unendedAges == nil { unendedAges = LatencyHistogram() }
        unendedAges?.record(age)
    }

    private static func combine(_ left: UInt64?, _ right: UInt64?, _ operation: (UInt64, UInt64) -> UInt64) -> UInt64? {
        guard let left else { return right }
        guard let right else { return left }
        return operation(left, right)
    }
}

extension HeartbeatRecord {
    /// How far apart the quiet lives of streams may be and still be those of one timer, as a share of the longest.
    ///
    /// Servers look at their timers every now and then, so that some streams live longer than the timeout.
    public static let commonLifeSpread = 0.25

    /// Streams that the server ended while they were quiet, and of which nothing else tells why.
    ///
    /// A stream that was ended at the same age as all others, or in the same instant, was quiet by chance.
    public var endedForSilence: UInt64 {
        guard let ended, ended.orderly != nil || ended.cut != nil else { return disconnectedWhileQuiet }
        return [ended.orderly, ended.cut].compactMap(\.self).reduce(0) { sum, group in
            switch group.cause {
            case .age, .together: sum
            case .silence, nil: sum.saturatingAdding(group.quiet)
            }
        }
    }

    /// The server's inactivity timeout, as its ends of quiet streams tell it.
    ///
    /// - Returns: the timeout in ns, with the streams that it was told from; nil where no quiet stream was ended, or
    ///   they were ended after times that no one timer explains.
    public var commonQuietLife: InactivityRecord? {
        guard endedForSilence > 0, let quietLives, let longest = quietLives.value(atPercentile: 99),
            let shortest = quietLives.value(atPercentile: 1),
            Double(shortest) >= Double(longest) * (1 - Self.commonLifeSpread)
        else { return nil }
        return InactivityRecord(timeout: longest, discoveredFrom: quietLives.count)
    }
}

/// What the profile expected of heartbeats.
public struct HeartbeatExpectation: Codable, Equatable, Sendable {
    /// The period, in ns.
    public var expect: Nanoseconds
    /// The longest interval that is not a missed beat, in ns.
    public var longestInterval: Nanoseconds
    /// What counts as a beat, as the profile writes it.
    public var match: String

    /// An expectation from its parts.
    public init(expect: Nanoseconds, longestInterval: Nanoseconds, match: String) {
        self.expect = expect
        self.longestInterval = longestInterval
        self.match = match
    }
}
