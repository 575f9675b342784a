import Verdict
import Vocabulary

/// The share of leaks over the delay, around the window, in steps of equal width.
struct RaceCurve {
    /// A step of the delay.
    struct Step {
        /// Its middle, in ns.
        let middle: Double
        /// The share of its drops that leaked.
        let share: Double
        /// Its drops.
        let drops: UInt64
        /// Whether its middle lies inside the window.
        let isInside: Bool
    }

    /// The shortest delay that is shown, in ns.
    let from: Double
    /// The longest delay that is shown, in ns.
    let to: Double
    /// The steps in which something was dropped, in order.
    let steps: [Step]

    /// The curve of a search; nil where nothing was dropped.
    ///
    /// - Parameter count: how many steps there are, at most.
    init?(_ race: RaceSummary, steps count: Int) {
        guard let longest = race.shares.map(\.delay).max() else { return nil }
        let low = Double(race.window?.low?.delay ?? race.from)
        let high = Double(race.window?.high?.delay ?? max(race.to, longest))
        // A width on both sides shows where nothing leaks.
        from = max(0, low - (high - low))
        to = max(from + 1_000, race.window?.high == nil ? high : high + (high - low))
        let width = (to - from) / Double(count)
        var sums = [(leaked: Double, drops: UInt64)](repeating: (0, 0), count: count)
        for share in race.shares {
            let place = (Double(share.delay) - from) / width
            guard place >= 0, place < Double(count) else { continue }
            sums[Int(place)].leaked += share.share * Double(share.drops)
            sums[Int(place)].drops += share.drops
        }
        let start = from
        steps = sums.enumerated().compactMap { index, sum in
            guard sum.drops > 0 else { return nil }
            let middle = start + (Double(index) + 0.5) * width
            return Step(
                middle: middle,
                share: sum.leaked / Double(sum.drops),
                drops: sum.drops,
                isInside: middle >= low && middle <= high
            )
        }
    }
}
