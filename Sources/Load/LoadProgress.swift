import Synchronization

/// The counts of a load while it lasts, readable from any thread; workers add to them once a turn.
public final class LoadProgress: Sendable {
    /// Streams open at this moment.
    public let open = Atomic<Int>(0)
    /// The most streams open at once.
    public let peak = Atomic<Int>(0)
    /// Connections started.
    public let attempted = Atomic<Int>(0)
    /// Connections that ended in an error.
    public let failed = Atomic<Int>(0)
    /// Deliberate drops.
    public let dropped = Atomic<Int>(0)
    /// Events received.
    public let events = Atomic<Int>(0)
    /// Whether the load shall end now.
    public let isStopped = Atomic<Bool>(false)
    /// Whether no further connection is to start; those that are open go on.
    let isClosed = Atomic<Bool>(false)
    /// Whether held streams count as held for their whole time when the load is stopped.
    let isComplete = Atomic<Bool>(false)

    /// How often a snapshot of the workers' records has been asked for.
    let snapshots = Atomic<Int>(0)

    /// Nothing yet.
    public init() {}

    /// Counts a stream that has opened.
    func streamOpened() {
        let now = open.add(1, ordering: .relaxed).newValue
        peak.max(now, ordering: .relaxed)
    }

    /// Counts a stream that has closed.
    func streamClosed() {
        open.subtract(1, ordering: .relaxed)
    }
}
