import RunProfile
import Vocabulary

/// The connections of a share of several scenarios in the order of their arrivals.
struct ArrivalQueue {
    /// The connection that comes next.
    struct Next {
        /// The scenario's position.
        let scenario: Int
        /// The connection's position in its scenario.
        let index: Int
        /// When it starts, in ns from the start of the load.
        let arrival: Nanoseconds
    }

    private let plans: [ScenarioPlan]
    private var scheduled: [ScheduledArrivals]
    /// By scenario; empty but for those that keep a number of connections alive.
    private var replacements: [ReplacementArrivals]
    /// The connection that comes next; nil after the last, and where the next must wait for another's end.
    private(set) var next: Next?

    init(_ plans: [ScenarioPlan], shard: Int, shardCount: Int) {
        precondition(shard >= 0 && shard < shardCount)
        self.plans = plans
        scheduled = plans.map { ScheduledArrivals($0.schedule, shard: shard, shardCount: shardCount) }
        replacements = plans.map { ReplacementArrivals($0, shard: shard, shardCount: shardCount) }
        next = first()
    }

    /// Goes on to the connection after ``next``.
    mutating func advance() {
        guard let next else { return }
        if next.index < plans[next.scenario].schedule.count {
            scheduled[next.scenario].advance()
        } else {
            replacements[next.scenario].advance()
        }
        self.next = first()
    }

    /// Notes that a connection is gone, which leaves its place to another where its scenario keeps a number alive.
    ///
    /// - Parameter moment: when, in ns from the start of the load; not before any other that was noted.
    /// - Returns: whether ``next`` has changed.
    mutating func fallFree(scenario: Int, at moment: Nanoseconds) -> Bool {
        guard replacements[scenario].fallFree(at: moment) else { return false }
        if let next, next.arrival <= moment { return false }
        next = first()
        return true
    }

    private func first() -> Next? {
        var earliest: Next?
        func consider(_ scenario: Int, _ arrival: PlannedArrival?) {
            guard let arrival, arrival.moment < earliest?.arrival ?? .max else { return }
            earliest = Next(scenario: scenario, index: arrival.index, arrival: arrival.moment)
        }
        for scenario in plans.indices {
            consider(scenario, scheduled[scenario].next)
            consider(scenario, replacements[scenario].next)
        }
        return earliest
    }
}
