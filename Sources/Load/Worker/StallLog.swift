import RunProfile
import Vocabulary

/// The times in which a worker itself stood still, so that the server is not blamed for them.
///
/// A worker looks at the clock every ``pulse`` at the latest; more than ``longestTurn`` from one look to the next means
/// that it did not run, or was busy, and that what came meanwhile was read late. A stall that is shorter makes no beat
/// late by itself.
struct StallLog {
    /// The longest that a worker which watches beats waits before it looks at the clock, in ns.
    static let longestPulse: Nanoseconds = 100 * .perMillisecond
    /// The shortest, in ns.
    static let shortestPulse: Nanoseconds = 5 * .perMillisecond

    /// The longest that the worker waits before it looks at the clock, in ns.
    let pulse: Nanoseconds
    /// The time from one look to the next past which the worker stood still, in ns.
    var longestTurn: Nanoseconds { 2 * pulse }
    /// Stalls that are remembered; older ones are forgotten.
    static let capacity = 512

    private struct Stall {
        var start: Nanoseconds
        var end: Nanoseconds
    }

    private var stalls: [Stall] = []
    private var next = 0
    private var lastLook: Nanoseconds

    /// A log without stalls.
    ///
    /// - Parameters:
    ///   - moment: the first look, in ns of the monotonic clock.
    ///   - heartbeat: the beats that are watched: a stall counts from a quarter of what they may be late; nil where only
    ///     silences are.
    init(startingAt moment: Nanoseconds, watching heartbeat: HeartbeatOptions?) {
        lastLook = moment
        let allowance = heartbeat.map { $0.longestInterval - min($0.expect, $0.longestInterval) } ?? .max
        pulse = min(max(allowance / 8, Self.shortestPulse), Self.longestPulse)
        stalls.reserveCapacity(Self.capacity)
    }

    /// When the worker looks at the clock next, at the latest; in ns of the monotonic clock.
    var nextLook: Nanoseconds { lastLook + pulse }

    /// Notes that the worker looks at the clock, in ns of the monotonic clock.
    mutating func look(at moment: Nanoseconds) {
        let stall = Stall(start: lastLook, end: moment)
        lastLook = moment
        guard moment > stall.start, moment - stall.start > longestTurn else { return }
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
