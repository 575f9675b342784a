import Vocabulary

/// The heartbeats of a part of the time: while connections were still arriving, or among events.
public struct HeartbeatPart: Codable, Equatable, Sendable {
    /// Beats received.
    public var beats: UInt64 = 0
    /// Beats that did not come.
    public var missed: UInt64 = 0
    /// The time between two beats of one stream, in ns.
    public var interval = LatencyHistogram()

    /// Nothing watched.
    public init() {}

    /// The share of the expected beats that did not come; nil where none was expected.
    public var missedShare: Double? {
        let expected = Double(beats) + Double(missed)
        return expected > 0 ? Double(missed) / expected : nil
    }

    /// Adds another's beats.
    public mutating func merge(_ other: HeartbeatPart) {
        beats.saturatingAdd(other.beats)
        missed.saturatingAdd(other.missed)
        interval.merge(other.interval)
    }
}
