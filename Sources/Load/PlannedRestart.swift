import Synchronization

/// Says whether the server is being restarted on purpose: streams that it ends meanwhile were not ended for their silence.
public final class PlannedRestart: Sendable {
    private let count = Atomic<Int>(0)

    /// None goes on.
    public init() {}

    /// Whether one goes on.
    public var goesOn: Bool { count.load(ordering: .relaxed) > 0 }

    /// One begins; from any thread.
    public func begin() { count.add(1, ordering: .relaxed) }

    /// One is over; from any thread.
    public func end() { count.subtract(1, ordering: .relaxed) }
}
