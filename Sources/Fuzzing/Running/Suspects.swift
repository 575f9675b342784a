import EventLoop
import Vocabulary

/// The cases of the last seconds: a timer that outlives its client ends a server only when it fires.
struct Suspects {
    private var batches: [(cases: [FuzzCase], endedAt: Nanoseconds)] = []

    /// Adds the cases of a batch that has ended, and lets those go that are over for longer than a span, in ns.
    mutating func note(_ cases: [FuzzCase], at now: Nanoseconds, span: Nanoseconds) {
        batches.removeAll { now > $0.endedAt + span }
        batches.append((cases, now))
    }

    /// Them all, in the order in which they were begun; of too many the last.
    var cases: [FuzzCase] { Array(batches.flatMap(\.cases).suffix(FuzzLimits.suspects)) }

    /// Forgets all: a server that was started anew has none of their timers.
    mutating func clear() { batches = [] }

    /// How long the timers of a server may take to do harm, in ns.
    ///
    /// - Parameter heartbeat: the longest time between two of its beats, in ns; nil where none were seen.
    static func span(heartbeat: Nanoseconds?) -> Nanoseconds {
        let (least, most) = (FuzzLimits.vigil.lowerBound, FuzzLimits.vigil.upperBound)
        // The timer of a client that has just beaten fires a whole period later; the second one is its margin.
        return heartbeat.map { min(max(least, 2 * min($0, most)), most) } ?? least
    }
}
