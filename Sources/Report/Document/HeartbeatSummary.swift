import Record
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
    /// Streams that the server ended while they were quiet.
    public var disconnectedWhileQuiet: UInt64

    /// The figures of a record's heartbeats.
    public init(_ heartbeat: HeartbeatRecord) {
        streams = heartbeat.streams
        beats = heartbeat.beats
        interval = IntervalSummary(heartbeat.interval)
        missed = heartbeat.missed
        longestSilence = heartbeat.longestSilence
        disconnectedWhileQuiet = heartbeat.disconnectedWhileQuiet
    }
}
