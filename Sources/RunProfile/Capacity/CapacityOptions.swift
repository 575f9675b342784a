import Vocabulary

/// How a climb looks for a server's ceiling: level by level, until a threshold breaks.
public struct CapacityOptions: Equatable, Sendable {
    /// How much higher each level is than the one before it.
    public enum Step: Equatable, Sendable {
        /// By a number of streams, above 0.
        case by(Int)
        /// By a factor, above 1.
        case factor(Double)
    }

    /// The first level, in streams.
    public var from: Int
    /// The step to the next one.
    public var step: Step
    /// The highest level, in streams; not below the first.
    public var to: Int
    /// How long each level is held once its streams have been opened, in ns.
    public var level: Nanoseconds = 10 * .perSecond
    /// What is published while the climb lasts; nil for nothing.
    public var publish: PublishOptions?
    /// The time from one publish to the next, in ns.
    public var publishEvery: Nanoseconds = 1 * .perSecond

    /// Levels of ten seconds, without a publish.
    public init(from: Int, step: Step, to: Int) {
        self.from = from
        self.step = step
        self.to = to
    }

    /// The levels in streams, each higher than the one before it; at most ``ProfileLimits/levels`` and one.
    public var levels: [Int] {
        var levels = [from]
        while let last = levels.last, last < to, levels.count <= ProfileLimits.levels {
            switch step {
            case .by(let count): levels.append(count < to - last ? last + max(1, count) : to)
            case .factor(let factor):
                let next = (Double(last) * factor).rounded()
                levels.append(next < Double(to) ? max(last + 1, Int(next)) : to)
            }
        }
        return levels
    }

    /// When the levels begin and end, with streams that arrive at a rate, in connections per second.
    public func staircase(rate: Double) -> Staircase { Staircase(levels: levels, rate: rate, hold: level) }

    /// A scenario as the climb carries it out: its streams arrive level by level, and stay.
    ///
    /// - Parameter rate: connections per second.
    public func climbing(_ scenario: Scenario, rate: Double) -> Scenario {
        let staircase = staircase(rate: rate)
        var scenario = scenario
        scenario.connections = to
        scenario.arrival = .staircase(staircase)
        scenario.drop = nil
        // The climb ends the streams; none may end by itself before.
        scenario.hold = staircase.end + ProfileLimits.longestWait
        return scenario
    }
}
