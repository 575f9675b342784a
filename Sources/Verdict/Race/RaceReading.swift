import Record
import Vocabulary

/// The batches of a search as one gauge saw them.
struct RaceReading {
    /// What idle batches gain, in units each.
    let drift: Double
    /// By how much a batch may change the gauge without a leak, in units.
    let noise: Double
    /// The batches, in their order.
    let points: [RacePoint]

    /// The batches at a stage by a gauge's series name.
    init(_ batches: [RaceBatch], stage: Stage, gauge: String) {
        let idle = Sample(values: batches.filter { $0.stage == nil }.compactMap { $0.changes[gauge] })
        let drift = idle.mean
        self.drift = drift
        noise = max(2 * idle.deviation, idle.values.map { abs($0 - drift) }.max() ?? 0)
        points = batches.compactMap { batch in
            guard batch.stage == stage, batch.drops > 0, let delays = batch.delays, let change = batch.changes[gauge]
            else { return nil }
            let drops = Double(batch.drops)
            return RacePoint(
                delay: Double(delays.median) / 1e3,
                drops: drops,
                leaked: min(max(change - drift, 0), drops)
            )
        }
    }

    /// The drops that leaked in batches that cannot be noise.
    ///
    /// A lone leak in twenty drops may be another client's; two are asked for, and the 95% interval above the noise.
    var hits: Double {
        points.filter { point in
            let interval = RateInterval(leaked: point.leaked, drops: UInt64(point.drops))
            return point.leaked >= 2 && (interval?.low ?? 0) * point.drops > noise
        }
        .reduce(0) { $0 + $1.leaked }
    }
}
