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

/// A connection by its position in its scenario, and when it starts.
struct PlannedArrival: Equatable {
    /// The position, from 0.
    let index: Int
    /// The moment, in ns from the start of the load.
    let moment: Nanoseconds
}

/// A share of a schedule's connections, in their order: every one whose position leaves the shard as its remainder.
struct ScheduledArrivals {
    private let schedule: ArrivalSchedule
    private let stride: Int
    /// The connection that comes next; nil after the last.
    private(set) var next: PlannedArrival?

    init(_ schedule: ArrivalSchedule, shard: Int, shardCount: Int) {
        self.schedule = schedule
        stride = shardCount
        next = arrival(at: shard)
    }

    /// Goes on to the connection after ``next``.
    mutating func advance() {
        if let next { self.next = arrival(at: next.index + stride) }
    }

    private func arrival(at index: Int) -> PlannedArrival? {
        index < schedule.count ? PlannedArrival(index: index, moment: schedule.moment(of: index)) : nil
    }
}

/// A share of the connections that replace others, where a scenario keeps a number of them alive.
///
/// The places that are kept are dealt out to the shards in turn, and with each place the positions that leave it as
/// their remainder. A shard fills any place of its own that falls free with its next position.
struct ReplacementArrivals {
    /// How many places the scenario keeps; 0 where it does not.
    private let placeCount: Int
    private let count: Int
    private let shard: Int
    private let shardCount: Int
    /// The position that comes next; ``count`` after the last.
    private var index: Int
    /// When places fell free, in order; those before ``filled`` have been filled again.
    private var moments: [Nanoseconds] = []
    private var filled = 0

    init(_ plan: ScenarioPlan, shard: Int, shardCount: Int) {
        if case .keep(let kept, _) = plan.scenario.arrival { placeCount = kept } else { placeCount = 0 }
        count = plan.count
        self.shard = shard
        self.shardCount = shardCount
        // A shard without a place has no positions either.
        index = shard < placeCount ? min(placeCount, plan.count) : plan.count
        skipOthers()
    }

    /// The connection that comes next; nil where no place is free, and after the last.
    var next: PlannedArrival? {
        index < count && filled < moments.count ? PlannedArrival(index: index, moment: moments[filled]) : nil
    }

    /// Goes on to the connection after ``next``.
    mutating func advance() {
        guard next != nil else { return }
        index += 1
        skipOthers()
        filled += 1
        guard 2 * filled >= moments.count else { return }
        moments.removeFirst(filled)
        filled = 0
    }

    /// Notes that a place fell free.
    ///
    /// - Returns: whether a connection is left to fill it.
    mutating func fallFree(at moment: Nanoseconds) -> Bool {
        guard index < count else { return false }
        moments.append(moment)
        return true
    }

    /// Goes on to a position of this shard.
    private mutating func skipOthers() {
        while index < count, index % placeCount % shardCount != shard { index += 1 }
    }
}
