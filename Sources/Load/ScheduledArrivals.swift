import RunProfile

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
