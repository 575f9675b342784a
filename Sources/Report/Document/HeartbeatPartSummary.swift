import Record

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
