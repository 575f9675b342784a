import Vocabulary

/// When a scenario's connections start; but for ``keep(_:rate:)`` the schedule never waits for the server.
public enum Arrival: Equatable, Sendable {
    /// All at the start.
    case atOnce
    /// Evenly spaced; connections per second, above 0.
    case rate(Double)
    /// At a rate that changes over time, with crowds on top of it.
    case varying(VaryingRate)
    /// A number of connections is kept alive: each that ends, in whatever way, is replaced at once, until the
    /// scenario's `connections` have been started.
    ///
    /// The first ones arrive at the rate, in connections per second; at once where it is nil. This is a closed loop by
    /// its nature: a replacement's scheduled moment is the moment at which its place fell free, so that a server that
    /// is slow to end connections is asked for fewer of them.
    case keep(Int, rate: Double?)
    /// Level by level, as a climb opens its streams.
    case staircase(Staircase)

    /// The highest rate, in connections per second, spikes aside; nil where there is none.
    public var highestRate: Double? {
        switch self {
        case .atOnce: nil
        case .rate(let rate): rate
        case .varying(let varying): varying.ramps.reduce(varying.start) { max($0, $1.target) }
        case .keep(_, let rate): rate
        case .staircase(let staircase): staircase.rate
        }
    }
}

/// A rate of arrivals that changes over time, and the crowds on top of it.
///
/// The crowds are a part of the scenario's connections; the rate starts the others.
public struct VaryingRate: Equatable, Sendable {
    /// The rate at the start, in connections per second.
    public var start: Double
    /// The ramps, one after the other; the last one's rate goes on.
    public var ramps: [RateRamp]
    /// The crowds, in any order.
    public var spikes: [ArrivalSpike]

    /// A rate from its parts; the last one must be above 0.
    public init(start: Double, ramps: [RateRamp] = [], spikes: [ArrivalSpike] = []) {
        self.start = start
        self.ramps = ramps
        self.spikes = spikes
    }
}

/// A linear change of a rate.
public struct RateRamp: Equatable, Sendable {
    /// The rate at its end, in connections per second, above 0.
    public var target: Double
    /// How long it takes, in ns; 0 for a step.
    public var duration: Nanoseconds

    /// A ramp from the rate before it.
    public init(to target: Double, over duration: Nanoseconds) {
        self.target = target
        self.duration = duration
    }
}

/// A crowd of connections that start at the same moment.
public struct ArrivalSpike: Equatable, Sendable {
    /// When they start, in ns from the start of the load.
    public var moment: Nanoseconds
    /// How many they are.
    public var connections: Int

    /// A spike from its parts.
    public init(at moment: Nanoseconds, connections: Int) {
        self.moment = moment
        self.connections = connections
    }
}

/// Reads `arrival:` of a scenario.
enum ArrivalReader {
    /// Reads when connections start.
    ///
    /// - Parameter connections: how many there are; nil where that could not be read.
    static func read(_ field: Field, connections: Int?) -> Arrival? {
        guard var keys = MappingReader(field, expected: "a map, such as { rate: 400/s }") else { return nil }
        defer { keys.finish() }
        let rateField = keys.field("rate")
        let (ramp, keep, spikes) = (keys.field("ramp"), keys.field("keep"), keys.field("spikes"))
        if rateField == nil, ramp == nil, keep == nil {
            Field(context: field.context, path: field.path(of: "rate"), node: field.node)
                .reject("missing", expected: "a rate, such as 400/s")
            return nil
        }
        var rate: Double?
        if let rateField {
            rate = rateField.rate()
            guard rate != nil else { return nil }
        }
        let arrival: Arrival?
        if let keep {
            arrival = kept(keep, rate: rate, connections: connections, others: [ramp, spikes])
        } else if ramp != nil || spikes != nil {
            arrival = varying(start: rate ?? 0, ramp: ramp, spikes: spikes, connections: connections)
        } else {
            arrival = rate.map { .rate($0) }
        }
        guard let arrival, let connections else { return arrival }
        checkLength(of: arrival, connections: connections, at: rateField ?? ramp ?? field)
        return arrival
    }

    private static func kept(_ field: Field, rate: Double?, connections: Int?, others: [Field?]) -> Arrival? {
        let count = field.wholeNumber(in: ProfileLimits.connections, example: 500)
        for other in others.compactMap({ $0 }) {
            let name = other.path.split(separator: ".").last.map(String.init) ?? other.path
            other.reject("both keep and \(name)", expected: "either keep or \(name)")
        }
        guard let count else { return nil }
        if let connections, count > connections {
            let all = NumberText.grouped(connections)
            field.reject("\(NumberText.grouped(count)), but the scenario has \(all)", expected: "at most \(all)")
            return nil
        }
        return .keep(count, rate: rate)
    }

    private static func varying(start: Double, ramp: Field?, spikes: Field?, connections: Int?) -> Arrival? {
        var varying = VaryingRate(start: start)
        var isComplete = true
        if let ramp {
            let read = ramps(ramp)
            varying.ramps = read ?? []
            isComplete = read != nil
        }
        if let spikes {
            let read = self.spikes(spikes, connections: connections)
            varying.spikes = read ?? []
            isComplete = isComplete && read != nil
        }
        return isComplete ? .varying(varying) : nil
    }

    private static func ramps(_ field: Field) -> [RateRamp]? {
        list(field, limit: ProfileLimits.ramps, example: "{ to: 1000/s, over: 30s }", what: "ramps") { keys in
            let target = keys.required("to", expected: "a rate, such as 1000/s")?.rate()
            let duration = keys.required("over", expected: "a duration, such as 30s")?
                .duration(in: 0...ProfileLimits.longestRun, example: "30s")
            guard let target, let duration else { return nil }
            return RateRamp(to: target, over: duration)
        }
    }

    private static func spikes(_ field: Field, connections: Int?) -> [ArrivalSpike]? {
        let spikes = list(field, limit: ProfileLimits.spikes, example: "{ at: 10s, connections: 500 }", what: "spikes")
        {
            keys -> ArrivalSpike? in
            let moment = keys.required("at", expected: "a duration, such as 10s")?
                .duration(in: 0...ProfileLimits.longestRun, example: "10s")
            let count = keys.required("connections", expected: "a whole number, such as 500")?
                .wholeNumber(in: ProfileLimits.connections, example: 500)
            guard let moment, let count else { return nil }
            return ArrivalSpike(at: moment, connections: count)
        }
        guard let spikes, let connections else { return spikes }
        let total = spikes.reduce(0) { $0 + $1.connections }
        guard total <= connections else {
            let all = NumberText.grouped(connections)
            field.reject(
                "\(NumberText.grouped(total)) connections, but the scenario has \(all)",
                expected: "at most \(all) in all spikes"
            )
            return nil
        }
        return spikes
    }

    /// Reads a list of maps that is not empty; nil, and errors reported, where an item is wrong.
    private static func list<Item>(
        _ field: Field,
        limit: Int,
        example: String,
        what: String,
        _ read: (inout MappingReader) -> Item?
    ) -> [Item]? {
        let expectation = "a list of \(what), such as [\(example)]"
        guard let fields = field.items(limit: limit, expected: expectation) else { return nil }
        guard !fields.isEmpty else {
            field.reject("an empty list", expected: expectation)
            return nil
        }
        let items = fields.map { item -> Item? in
            guard var keys = MappingReader(item, expected: "a map, such as \(example)") else { return nil }
            defer { keys.finish() }
            return read(&keys)
        }
        return items.contains { $0 == nil } ? nil : items.compactMap { $0 }
    }

    private static func checkLength(of arrival: Arrival, connections: Int, at field: Field) {
        let schedule = ArrivalSchedule(arrival, connections: connections)
        guard schedule.steadyDuration > ProfileLimits.longestRun.inSeconds else { return }
        field.reject(
            "\(NumberText.grouped(schedule.steadyCount)) connections would take longer than "
                + "\(Int(ProfileLimits.longestRun.inSeconds / 3_600))h to arrive",
            expected: "a higher rate"
        )
    }
}
