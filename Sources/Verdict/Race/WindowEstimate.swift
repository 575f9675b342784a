import Record
import Vocabulary

/// What the batches of a search say of the window.
struct WindowEstimate {
    /// The fit.
    let fit: WindowFit
    /// Where the batches lie, without a model.
    let bracket: WindowBracket
    private let points: [RacePoint]
    private let range: ClosedRange<Double>

    /// The estimate of a window; nil where nothing leaked.
    ///
    /// - Parameter range: the delays that were to be tried, in µs.
    init?(_ points: [RacePoint], within range: ClosedRange<Double>) {
        guard let bracket = WindowBracket(points) else { return nil }
        self.points = points
        self.range = range
        self.bracket = bracket
        let tried =
            min(
                range.lowerBound,
                points.map(\.delay).min() ?? 0
            )...max(
                range.upperBound,
                points.map(\.delay).max() ?? 0
            )
        fit = WindowFit(points, from: bracket.guess(within: range), within: tried)
    }

    /// The width of the window, in µs; up to the delays that were tried where it is open.
    var width: Double { max(1, (fit.model.high ?? range.upperBound) - (fit.model.low ?? range.lowerBound)) }

    /// Whether each end is known to a share of the width.
    var isKnown: Bool {
        let most = RaceWindow.knownShare * width / 2
        return points.reduce(0) { $0 + $1.drops } >= Double(RaceWindow.leastDrops)
            && [fit.half(of: .low), fit.half(of: .high)].allSatisfy { ($0 ?? 0) <= most }
    }

    /// The window for a report.
    var window: RaceWindow {
        let model = fit.model
        let start = model.low ?? range.lowerBound
        func inside(_ margin: Double) -> [RacePoint] {
            points.filter {
                $0.delay >= start + margin * width && $0.delay <= start + (1 - margin) * width
            }
        }
        var batches = inside(0.25)
        if batches.isEmpty { batches = inside(0) }
        let drops = UInt64(batches.reduce(0) { $0 + $1.drops })
        let leaked = batches.reduce(0) { $0 + $1.leaked }
        let interval = RateInterval(leaked: leaked, drops: drops)
        return RaceWindow(
            low: edge(model.low, fit.half(of: .low)) ?? atOnce,
            high: edge(model.high, fit.half(of: .high)),
            blur: Self.nanoseconds(model.blur),
            share: drops > 0 ? leaked / Double(drops) : model.share,
            shareFrom: interval?.low ?? 0,
            shareTo: interval?.high ?? 1,
            drops: drops,
            leaked: leaked,
            isKnown: isKnown
        )
    }

    /// The end of a window in which a drop at once leaks: nothing can be sooner.
    private var atOnce: RaceWindow.Edge? {
        range.lowerBound == 0 ? RaceWindow.Edge(delay: 0, from: 0, to: 0) : nil
    }

    private func edge(_ delay: Double?, _ half: Double?) -> RaceWindow.Edge? {
        guard let delay, let half else { return nil }
        // Beyond the delays that were tried an interval says nothing.
        return RaceWindow.Edge(
            delay: Self.nanoseconds(delay),
            from: Self.nanoseconds(max(delay - half, 0)),
            to: Self.nanoseconds(min(delay + half, 2 * range.upperBound))
        )
    }

    private static func nanoseconds(_ microseconds: Double) -> Nanoseconds { Nanoseconds(seconds: microseconds / 1e6) }
}
