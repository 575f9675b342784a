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
    private let stride: Int
    private var positions: [Int]
    /// The connection that comes next; nil after the last.
    private(set) var next: Next?

    init(_ plans: [ScenarioPlan], shard: Int, shardCount: Int) {
        precondition(shard >= 0 && shard < shardCount)
        self.plans = plans
        stride = shardCount
        positions = plans.map { _ in shard }
        next = first()
    }

    /// Goes on to the connection after ``next``.
    mutating func advance() {
        guard let next else { return }
        positions[next.scenario] += stride
        self.next = first()
    }

    private func first() -> Next? {
        var earliest: Next?
        for scenario in plans.indices where positions[scenario] < plans[scenario].count {
            let arrival = plans[scenario].arrival(at: positions[scenario])
            if earliest == nil || arrival < earliest!.arrival {
                earliest = Next(scenario: scenario, index: positions[scenario], arrival: arrival)
            }
        }
        return earliest
    }
}
