import Vocabulary

/// The times in which a worker itself stood still, so that the server is not blamed for them.
///
/// A worker looks at the clock every ``pulse`` at the latest; more than ``longestTurn`` from one look to the next means
/// that it did not run, or was busy, and that what came meanwhile was read late.
struct StallLog {
    /// The longest that a worker waits before it looks at the clock, in ns.
    static let pulse: Nanoseconds = 20 * .perMillisecond
    /// The time from one look to the next past which a worker stood still, in ns.
    static let longestTurn: Nanoseconds = 40 * .perMillisecond
    /// Stalls that are remembered; older ones are forgotten.
    static let capacity = 512

    private struct Stall {
        var start: Nanoseconds
        var end: Nanoseconds
    }

    private var stalls: [Stall] = []
    private var next = 0
    private var lastLook: Nanoseconds

    init(startingAt moment: Nanoseconds) {
        lastLook = moment
        stalls.reserveCapacity(Self.capacity)
    }

    /// Notes that the worker looks at the clock, in ns of the monotonic clock.
    mutating func look(at moment: Nanoseconds) {
        let stall = Stall(start: lastLook, end: moment)
        lastLook = moment
        guard moment > stall.start, moment - stall.start > Self.longestTurn else { return }
        if stalls.count < Self.capacity {
            stalls.append(stall)
        } else {
            stalls[next] = stall
            next = (next + 1) % Self.capacity
        }
    }

    /// How long the worker stood still between two moments, in ns.
    func length(from start: Nanoseconds, to end: Nanoseconds) -> Nanoseconds {
        stalls.reduce(0) { sum, stall in
            let (first, last) = (max(stall.start, start), min(stall.end, end))
            return last > first ? sum + (last - first) : sum
        }
    }
}
