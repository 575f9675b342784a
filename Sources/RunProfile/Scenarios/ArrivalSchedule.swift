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

extension ArrivalSchedule {
    /// What a count by the integral may fall short of a whole number by, in connections.
    private static let countError = 1e-6
    /// What a sum of moments may be wrong by, in seconds.
    private static let momentError = 1e-9

    /// The most connections that start within any span of a length in ns, both ends included; never too few.
    ///
    /// With `R(t)` the connections due by `t`, and `S(t, L)` those of the spikes from `t` to `t + L`, it is the largest
    ///
    ///     ⌊R(t + L) − R(t)⌋ + 1 + S(t, L)
    ///
    /// Both terms change their form only where a corner, the end or a spike enters or leaves the span; in between `S` is
    /// constant and the difference of `R` is a parabola. So the ends of these stretches are looked at, and the vertex
    /// of each parabola that has its top within.
    public func most(within length: Nanoseconds) -> Int {
        guard let curve else { return count }
        // Each moment is rounded: by at most the resolution, or by half a nanosecond.
        let span = length.inSeconds + max(resolution, 1).inSeconds
        let end = steadyDuration
        let marks = curve.corners + crowds.map(\.moment.inSeconds) + [end]
        let starts = Set(marks.flatMap { [$0, max(0, $0 - span)] } + [0]).sorted()
        func due(from start: Double) -> Double {
            curve.due(by: min(end, start + span)) - curve.due(by: min(end, start))
        }
        func most(from start: Double) -> Int {
            let byRate = min(Double(steadyCount), (due(from: start) + Self.countError).rounded(.down) + 1)
            let within = (start - Self.momentError)...(start + span + Self.momentError)
            return crowds.reduce(Int(byRate)) { within.contains($1.moment.inSeconds) ? $0 + $1.count : $0 }
        }
        var largest = 0
        for (position, start) in starts.enumerated() {
            largest = max(largest, most(from: start))
            guard position + 1 < starts.count else { break }
            let length = starts[position + 1] - start
            if let top = Self.top(due(from: start), due(from: start + length / 2), due(from: start + length)) {
                largest = max(largest, most(from: start + top * length))
            }
        }
        return min(count, largest)
    }

    /// Where between 0 and 1 a parabola through its values at 0, 1/2 and 1 has its top; nil where it has none there.
    private static func top(_ first: Double, _ middle: Double, _ last: Double) -> Double? {
        let curvature = 2 * (first + last - 2 * middle)
        let slope = 4 * middle - 3 * first - last
        guard curvature < 0 else { return nil }
        let top = -slope / (2 * curvature)
        return top > 0 && top < 1 ? top : nil
    }
}

/// A rate that changes linearly from corner to corner, its integral, and the inverse of that.
///
/// Between two corners the rate is `r(x) = r₀ + s·x`, with `x` the seconds since the first of them, `r₀` the rate there
/// and `s` its slope. The connections that are due by then are the integral from the start,
///
///     R(x) = R₀ + r₀·x + s·x²/2
///
/// and the moment at which `k` are due is its root, written so that no digits are lost where `s` is small:
///
///     x(k) = 2·(k − R₀) / (r₀ + √(r₀² + 2·s·(k − R₀)))
///
///     rate                 ____________  the last rate goes on
///       |               .·'
///       |            .·'
///       |  ________.'
///       +--------------------------------> time
public struct RateCurve: Sendable {
    private struct Piece {
        /// Seconds from the start.
        let start: Double
        /// Seconds; infinite for the last piece.
        let duration: Double
        /// The connections due at its start.
        let due: Double
        /// The rate at its start, in connections per second.
        let rate: Double
        /// The change of the rate, per second.
        let slope: Double

        func due(after seconds: Double) -> Double { due + seconds * (rate + slope * seconds / 2) }

        func seconds(untilDue count: Double) -> Double {
            let more = count - due
            guard more > 0 else { return 0 }
            return min(duration, 2 * more / (rate + max(0, rate * rate + 2 * slope * more).squareRoot()))
        }
    }

    private let pieces: [Piece]

    /// A curve of a starting rate and the ramps from there; rates in connections per second, the last above 0.
    public init(start: Double, ramps: [RateRamp] = []) {
        var pieces: [Piece] = []
        var (moment, due, rate) = (0.0, 0.0, start)
        for ramp in ramps {
            let duration = ramp.duration.inSeconds
            if duration > 0 {
                let slope = (ramp.target - rate) / duration
                let piece = Piece(start: moment, duration: duration, due: due, rate: rate, slope: slope)
                pieces.append(piece)
                due = piece.due(after: duration)
                moment += duration
            }
            rate = ramp.target
        }
        precondition(rate > 0, "a profile is checked before it is planned")
        pieces.append(Piece(start: moment, duration: .infinity, due: due, rate: rate, slope: 0))
        self.pieces = pieces
    }

    /// The moments at which the rate bends, in seconds from the start.
    public var corners: [Double] { pieces.map(\.start) }

    /// How many connections are due by a moment, in seconds from the start.
    public func due(by seconds: Double) -> Double {
        let piece = pieces.last { $0.start <= seconds } ?? pieces[0]
        return piece.due(after: max(0, seconds - piece.start))
    }

    /// When a number of connections is due, in seconds from the start: the inverse of ``due(by:)``.
    public func moment(ofDue count: Double) -> Double {
        let piece = pieces.last { $0.due <= count } ?? pieces[0]
        return piece.start + piece.seconds(untilDue: count)
    }
}
