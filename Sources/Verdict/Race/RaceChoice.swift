import Record
import Vocabulary

/// The stage and the gauge that a search goes on with.
struct RaceChoice: Equatable {
    /// Leaks that a stage and gauge must show before the search goes on with them.
    static let leastLeaks = 3.0
    /// The share of the most leaks that makes a stage, or a gauge, as good as the best; the first one is taken.
    private static let equalShare = 0.8

    /// The stage that leaks.
    let stage: Stage
    /// The series name of the gauge that tells.
    let gauge: String

    /// The first of the stages, and the first of the gauges, that leak about as much as the one that leaks most.
    ///
    /// - Parameter gauges: series names, the most telling first.
    init?(_ batches: [RaceBatch], stages: [Stage], gauges: [String]) {
        let found = gauges.flatMap { gauge in
            stages.map { stage in
                (gauge: gauge, stage: stage, hits: RaceReading(batches, stage: stage, gauge: gauge).hits)
            }
        }
        guard let most = found.map(\.hits).max(), most >= Self.leastLeaks,
            let first = found.first(where: { $0.hits >= Self.equalShare * most })
        else { return nil }
        stage = first.stage
        gauge = first.gauge
    }
}
