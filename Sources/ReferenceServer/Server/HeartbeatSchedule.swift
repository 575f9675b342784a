import Vocabulary

/// When one stream's heartbeats are due, in ns of the monotonic clock.
struct HeartbeatSchedule {
    private let period: Nanoseconds
    /// When the stream began.
    let start: Nanoseconds
    private let faults: Faults
    private var beats: UInt64 = 0
    /// When the next one is due; nil where there is none.
    private(set) var next: Nanoseconds?

    init(period: Nanoseconds, start: Nanoseconds, faults: Faults) {
        self.period = period
        self.start = start
        self.faults = faults
        if faults.hasHeartbeats { plan(start.addingSaturated(period)) }
    }

    /// Goes on to the next one after the one that was due has been sent.
    mutating func sent(at now: Nanoseconds) {
        guard let next else { return }
        beats += 1
        // Counted from the registration; a loop that was held up does not catch up on what it missed.
        let late = now - min(next, now)
        plan((now - late % period).addingSaturated(faults.heartbeatInterval(period, after: beats)))
    }

    private mutating func plan(_ moment: Nanoseconds) {
        let moment = faults.heartbeatMoment(moment, period: period)
        next = faults.heartbeatsAreOver(at: moment, since: start) ? nil : moment
    }
}
