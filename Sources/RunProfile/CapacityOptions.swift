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

/// Reads `capacity:`.
enum CapacityReader {
    private static let example = "a map, such as { from: 500, by: 500, to: 10000, level: 10s }"

    /// Reads how a climb looks for the server's ceiling.
    static func read(_ field: Field, target: TargetKind) -> CapacityOptions? {
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let streams = ProfileLimits.connections
        let from = keys.required("from", expected: "a whole number of streams, such as 500")?
            .wholeNumber(in: streams, example: 500)
        let step = step(by: keys.field("by"), factor: keys.field("factor"), of: field)
        let toField = keys.required("to", expected: "a whole number of streams, such as 10000")
        let to = toField?.wholeNumber(in: streams, example: 10_000)
        var options = CapacityOptions(from: from ?? 1, step: step ?? .by(1), to: to ?? 1)
        keys.read("level", into: &options.level) { $0.duration(in: ProfileLimits.levelTime, example: "10s") }
        keys.read("publish", into: &options.publish) { publish($0, target: target, every: &options.publishEvery) }
        guard let from, let to, step != nil, let toField else { return nil }
        guard from <= to else {
            let first = NumberText.grouped(from)
            toField.reject("\(NumberText.grouped(to)), but from is \(first)", expected: "at least \(first)")
            return nil
        }
        guard options.levels.count <= ProfileLimits.levels else {
            field.reject(
                "more than \(NumberText.grouped(ProfileLimits.levels)) levels",
                expected: "a larger step, or a lower to"
            )
            return nil
        }
        return options
    }

    private static func step(by: Field?, factor: Field?, of map: Field) -> CapacityOptions.Step? {
        switch (by, factor) {
        case (nil, nil):
            map.reject("neither by nor factor", expected: "either by or factor, such as by: 500")
            return nil
        case (_?, let factor?):
            factor.reject("both by and factor", expected: "either by or factor")
            return nil
        case (let by?, nil):
            return by.wholeNumber(in: ProfileLimits.connections, example: 500).map { .by($0) }
        case (nil, let factor?):
            return factor.decimal(above: 1, upTo: ProfileLimits.levelFactor, example: "1.5").map { .factor($0) }
        }
    }

    private static func publish(_ field: Field, target: TargetKind, every: inout Nanoseconds) -> PublishOptions? {
        var period = every
        var body: Field?
        let publish = PublishReader.read(field, target: target, body: SendMoment.placeholder) { keys in
            keys.read("every", into: &period) { $0.duration(in: ProfileLimits.publishEvery, example: "1s") }
            body = keys.field("body")
        }
        every = period
        guard let publish, !publish.body.contains(SendMoment.placeholder) else { return publish }
        (body ?? field).reject(
            "the body has no \(SendMoment.placeholder)",
            expected: "text in which \(SendMoment.placeholder) stands for the send time, by which events are measured"
        )
        return nil
    }
}
