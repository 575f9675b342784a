import Vocabulary

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
