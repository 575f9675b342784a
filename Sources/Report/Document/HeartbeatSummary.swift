import Record
import Verdict
import Vocabulary

/// What the heartbeats of all streams did.
public struct HeartbeatSummary: Codable, Equatable, Sendable {
    /// Streams that were watched.
    public var streams: UInt64
    /// Beats received.
    public var beats: UInt64
    /// The time between two beats of one stream, in ns; nil where no stream had two beats.
    public var interval: IntervalSummary?
    /// Beats that did not come while they were expected; nil where nothing was expected.
    public var missed: UInt64?
    /// The longest time in which an open stream received no byte, in ns; nil where no stream was open.
    public var longestSilence: Nanoseconds?
    /// Streams that the server ended while they were quiet, and for nothing else that can be told.
    public var disconnectedWhileQuiet: UInt64
    /// By how much an interval differed from the one before, in ns; nil where no stream had two intervals.
    public var jitter: IntervalSummary?
    /// The streams' mean intervals, in ns; nil where no stream had enough intervals.
    public var period: IntervalSummary?
    /// How far the usual mean interval is off the expected one, as a share of that.
    public var drift: Double?
    /// By how much the usual stream's intervals grew from one beat to the next, in ns.
    public var growthPerBeat: Double?
    /// Streams that had beats and then none for long; nil where nothing was expected.
    public var stopped: UInt64?
    /// Late beats that events replaced; nil where nothing was expected.
    public var covered: UInt64?
    /// The beats that came while connections were still arriving; nil where none was due then.
    public var underLoad: HeartbeatPartSummary?
    /// The beats that ended an interval with events; nil where none was due then.
    public var amongEvents: HeartbeatPartSummary?
    /// How far beats fall together; nil where too few streams beat at a time.
    public var phases: PhaseSummary?
    /// What beats where nothing was expected; nil where nothing was found.
    public var discovered: DiscoverySummary?
    /// The age at which the server ended most of the streams that it ended, in ns; nil where there is none.
    public var endedAtAge: Nanoseconds?
    /// What the proxies that people use would have done; nil where no stream was open, and in older reports.
    public var proxies: [ProxyAdvice]?

    /// The figures of a record's heartbeats.
    ///
    /// - Parameter expected: what was expected of them; nil where nothing was.
    public init(_ heartbeat: HeartbeatRecord, expected: HeartbeatExpectation?) {
        streams = heartbeat.streams
        beats = heartbeat.beats
        interval = IntervalSummary(heartbeat.interval)
        missed = heartbeat.missed
        longestSilence = heartbeat.longestSilence
        disconnectedWhileQuiet = heartbeat.endedForSilence
        if let rhythm = heartbeat.rhythm {
            jitter = IntervalSummary(rhythm.jitter)
            period = IntervalSummary(rhythm.period)
            drift = expected.flatMap { rhythm.drift(from: $0.expect) }
            growthPerBeat = rhythm.growth.value(atPercentile: 50)
            stopped = rhythm.stopped
            covered = rhythm.covered
            underLoad = HeartbeatPartSummary(rhythm.underLoad)
            amongEvents = HeartbeatPartSummary(rhythm.amongEvents)
            phases = PhaseSummary(rhythm.phases)
        }
        discovered = heartbeat.discoveredBeat.flatMap(DiscoverySummary.init)
        endedAtAge = heartbeat.ended?.commonAge
        let advice = ProxyAdvice.all(heartbeat)
        proxies = advice.isEmpty ? nil : advice
    }
}

/// What the heartbeats of a part of the time did.
public struct HeartbeatPartSummary: Codable, Equatable, Sendable {
    /// Beats received.
    public var beats: UInt64
    /// Beats that did not come.
    public var missed: UInt64
    /// The time between two beats of one stream, in ns; nil where none was seen whole.
    public var interval: IntervalSummary?

    /// The figures of a part; nil where no beat was due in it.
    public init?(_ part: HeartbeatPart) {
        guard part.beats > 0 || part.missed > 0 else { return nil }
        beats = part.beats
        missed = part.missed
        interval = IntervalSummary(part.interval)
    }
}

/// How far the beats of all streams fall together.
public struct PhaseSummary: Codable, Equatable, Sendable {
    /// 1 where all beats come at one phase of the period, 0 where they come at any.
    public var coherence: Double
    /// The same of the streams' beginnings.
    public var startCoherence: Double
    /// Whether streams that began at all phases beat at one.
    public var herd: Bool
    /// The largest share of the beats within ``burstWidth``.
    public var burstShare: Double
    /// How long a burst is, in ns.
    public var burstWidth: Nanoseconds
    /// About how many streams beat in it.
    public var burstStreams: UInt64

    /// The figures of some phases; nil where too few streams beat at a time.
    public init?(_ phases: PhaseRecord) {
        guard let coherence = phases.coherence, let starts = phases.startCoherence, let share = phases.burstShare else {
            return nil
        }
        self.coherence = coherence
        startCoherence = starts
        herd = phases.isHerd
        burstShare = share
        burstWidth = phases.burstWidth
        burstStreams = UInt64((share * Double(phases.streams)).rounded())
    }
}

/// What is most likely the server's heartbeat, where none was expected.
public struct DiscoverySummary: Codable, Equatable, Sendable {
    /// What came: `comment`, `empty-event`, `event` or `any`.
    public var kind: DiscoveredBeat.Kind
    /// What a profile writes to have it watched.
    public var match: String
    /// The time from one to the next, in ns.
    public var period: Nanoseconds
    /// The streams on which it came at least twice.
    public var streams: UInt64
    /// The streams that were looked at.
    public var looked: UInt64

    /// The figures of what was found; nil where it is not regular.
    public init?(_ beat: DiscoveredBeat) {
        guard let period = beat.period else { return nil }
        kind = beat.kind
        match = beat.match
        self.period = period
        streams = beat.streams
        looked = beat.looked
    }
}
