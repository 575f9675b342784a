import Load
import Synchronization

/// What the connections of a run have done so far.
public struct RunCounts: Equatable, Sendable {
    /// Connections started.
    public var started = 0
    /// Connections that ended in an error.
    public var failed = 0
    /// Deliberate drops.
    public var dropped = 0
    /// Events received.
    public var events = 0

    /// Nothing yet.
    init() {}

    /// The counts of a load.
    init(_ progress: LoadProgress) {
        started = progress.attempted.load(ordering: .relaxed)
        failed = progress.failed.load(ordering: .relaxed)
        dropped = progress.dropped.load(ordering: .relaxed)
        events = progress.events.load(ordering: .relaxed)
    }

    /// The counts of two loads that followed each other.
    static func + (first: RunCounts, second: RunCounts) -> RunCounts {
        var sum = first
        sum.started += second.started
        sum.failed += second.failed
        sum.dropped += second.dropped
        sum.events += second.events
        return sum
    }
}
