import Vocabulary

/// When each of a scenario's connections starts: a pure function of its position.
///
/// Where the rate goes above ``densestRate``, moments are rounded down to a grid of ``grid``, so that connections come
/// in small groups and an event loop is not woken for each of them. The grid is part of the schedule: latencies count
/// from its moments.
public struct ArrivalSchedule: Sendable {
    /// The highest rate, in connections per second, whose connections start one by one.
    public static let densestRate = 1_000.0
    /// The distance of the groups of denser ones, in ns.
    public static let grid: Nanoseconds = 1 * .perMillisecond

    /// A spike, and the position of its first connection.
    struct Crowd: Sendable {
        let moment: Nanoseconds
        let first: Int
        let count: Int
    }

    /// How many connections have a moment; under ``Arrival/keep(_:rate:)`` those after them depend on ends.
    public let count: Int
    /// The rate that starts all but the crowds; nil where they start at once.
    let curve: RateCurve?
    /// The crowds by time.
    let crowds: [Crowd]
    /// The levels in which all start; nil where there are none.
    let staircase: Staircase?
    /// What moments are rounded to, in ns; 0 for nothing.
    let resolution: Nanoseconds
    /// When the arrivals begin, in ns from the start of the load.
    private let start: Nanoseconds

    /// The schedule of a scenario's connections.
    public init(of scenario: Scenario) {
        self.init(scenario.arrival, connections: scenario.connections, start: scenario.start)
    }

    /// The schedule of a number of connections; the spikes must not be more than these.
    ///
    /// - Parameter start: when the arrivals begin, in ns from the start of the load.
    public init(_ arrival: Arrival, connections: Int, start: Nanoseconds = 0) {
        self.start = start
        var spikes: [ArrivalSpike] = []
        switch arrival {
        case .atOnce:
            (count, curve) = (connections, nil)
        case .rate(let rate):
            (count, curve) = (connections, RateCurve(start: rate))
        case .varying(let varying):
            (count, curve) = (connections, RateCurve(start: varying.start, ramps: varying.ramps))
            spikes = varying.spikes
        case .keep(let kept, let rate):
            (count, curve) = (min(kept, connections), rate.map { RateCurve(start: $0) })
        case .staircase(let stairs):
            (count, curve) = (min(stairs.levels.last ?? 0, connections), nil)
        }
        if case .staircase(let stairs) = arrival { staircase = stairs } else { staircase = nil }
        resolution = arrival.highestRate ?? 0 > Self.densestRate ? Self.grid : 0
        crowds = Self.crowds(spikes, among: connections) { [curve, resolution] in
            Self.moment(of: $0, on: curve, resolution: resolution)
        }
    }

    /// When a connection starts, in ns from the start of the load; no later than the one after it.
    public func moment(of index: Int) -> Nanoseconds {
        precondition(index >= 0 && index < count)
        if let staircase { return rounded(staircase.moment(of: index)) }
        var before = 0
        for crowd in crowds where crowd.first <= index {
            if index < crowd.first + crowd.count { return start + crowd.moment }
            before += crowd.count
        }
        return start + Self.moment(of: index - before, on: curve, resolution: resolution)
    }

    /// When the last connection that has a moment starts, in ns from the start of the load.
    public var lastMoment: Nanoseconds { moment(of: count - 1) }

    private func rounded(_ moment: Nanoseconds) -> Nanoseconds {
        resolution == 0 ? moment : moment - moment % resolution
    }

    /// The connections that the rate starts: all but the crowds.
    var steadyCount: Int { crowds.reduce(count) { $0 - $1.count } }

    /// By when the rate is through with its connections, in seconds from the start; 0 where they start at once.
    var steadyDuration: Double { curve?.moment(ofDue: Double(steadyCount)) ?? 0 }

    private static func moment(of position: Int, on curve: RateCurve?, resolution: Nanoseconds) -> Nanoseconds {
        guard let curve else { return 0 }
        let moment = Nanoseconds(seconds: curve.moment(ofDue: Double(position)))
        return resolution == 0 ? moment : moment - moment % resolution
    }

    /// The spikes in the order of time, each after the connections of the rate that start no later.
    private static func crowds(
        _ spikes: [ArrivalSpike],
        among connections: Int,
        moment: (Int) -> Nanoseconds
    ) -> [Crowd] {
        let total = spikes.reduce(0) { $0 + $1.connections }
        precondition(total <= connections, "a profile is checked before it is planned")
        var crowds: [Crowd] = []
        var before = 0
        for spike in spikes.sorted(by: { $0.moment < $1.moment }) {
            var (low, high) = (0, connections - total)
            while low < high {
                let middle = low + (high - low) / 2
                if moment(middle) <= spike.moment { low = middle + 1 } else { high = middle }
            }
            crowds.append(Crowd(moment: spike.moment, first: low + before, count: spike.connections))
            before += spike.connections
        }
        return crowds
    }
}
