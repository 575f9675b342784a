import Vocabulary

/// Connections that start in levels: each level's own at a rate, then none for a time.
///
///     streams          __________
///        |            /
///        |  _________/  level 1: opening, then held
///        | /
///        +------------------------> time
public struct Staircase: Equatable, Sendable {
    /// The time between a level's end and the next one's begin, in which the level is judged, in ns.
    public static let judging: Nanoseconds = 100 * .perMillisecond

    /// How many connections have started by the end of each level, each more than the one before it.
    public let levels: [Int]
    /// The rate within a level, in connections per second.
    public let rate: Double
    /// When each level ends, in ns from the start.
    public let ends: [Nanoseconds]

    /// A staircase from its parts.
    ///
    /// - Parameters:
    ///   - levels: how many connections have started by each level's end; at least one level, in rising order.
    ///   - rate: connections per second, above 0.
    ///   - hold: how long no connection starts at a level's end, in ns.
    public init(levels: [Int], rate: Double, hold: Nanoseconds) {
        precondition(rate > 0 && !levels.isEmpty && zip([0] + levels, levels).allSatisfy { $0 < $1 })
        self.levels = levels
        self.rate = rate
        var ends: [Nanoseconds] = []
        var before = 0
        for level in levels {
            let start = ends.last.map { $0 + Self.judging } ?? 0
            ends.append(start + Nanoseconds(seconds: Double(level - before) / rate) + hold)
            before = level
        }
        self.ends = ends
    }

    /// When the last level ends, in ns from the start.
    public var end: Nanoseconds { ends[ends.count - 1] }

    /// When a level begins, in ns from the start.
    public func start(of level: Int) -> Nanoseconds { level == 0 ? 0 : ends[level - 1] + Self.judging }

    /// How many connections a level starts.
    public func count(of level: Int) -> Int { levels[level] - (level == 0 ? 0 : levels[level - 1]) }

    /// When a connection starts, in ns from the start.
    func moment(of index: Int) -> Nanoseconds {
        var (low, high) = (0, levels.count - 1)
        while low < high {
            let middle = low + (high - low) / 2
            if index < levels[middle] { high = middle } else { low = middle + 1 }
        }
        let position = index - (levels[low] - count(of: low))
        return start(of: low) + Nanoseconds(seconds: Double(position) / rate)
    }
}
