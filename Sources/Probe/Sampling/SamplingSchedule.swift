import Vocabulary

/// The moments at which a probe is read: `start + n × period`, whatever a reading takes.
struct SamplingSchedule: Equatable, Sendable {
    /// The shortest period; a shorter one would only measure the probe.
    static let shortestPeriod = Nanoseconds.perMillisecond

    /// The first moment, in ns of the monotonic clock.
    let start: Nanoseconds
    /// The period, in ns.
    let period: Nanoseconds

    /// A schedule; too short a period is made the shortest one.
    init(start: Nanoseconds, period: Nanoseconds) {
        self.start = start
        self.period = max(period, Self.shortestPeriod)
    }

    /// The first moment after now.
    ///
    /// - Parameter moment: the moment that was served last, not after now.
    /// - Returns: it, and how many moments between have passed unserved.
    func advance(from moment: Nanoseconds, now: Nanoseconds) -> (next: Nanoseconds, missed: UInt64) {
        let missed = (now - moment) / period
        let (next, overflow) = (moment + missed * period).addingReportingOverflow(period)
        return (overflow ? .max : next, missed)
    }
}
