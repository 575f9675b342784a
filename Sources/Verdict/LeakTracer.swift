import Record
import Vocabulary

/// Traces a leak to the stages and manners that cause it.
struct LeakTracer {
    private let record: RunRecord
    private let drops: [DropCount]
    private let totalDrops: UInt64

    /// A tracer of a record's leaks.
    init(record: RunRecord) {
        self.record = record
        drops = DropCount.merged(record.load.drops, []).filter { $0.count > 0 }
        totalDrops = drops.reduce(0) { $0.saturatingAdding($1.count) }
    }

    /// The leaks of a gauge, the highest rate first; none where it does not leak.
    ///
    /// The cells that were tried alone come after the load, when whatever opens lazily stands open: they have no slack.
    func leaks(of verdict: GaugeVerdict) -> [Leak] {
        guard let leakClass = verdict.class, leakClass.isLeak else { return [] }
        let tried = cells(of: verdict)
        let showing = tried.filter { $0.residual > 0 }
        if drops.count == 1, let only = drops.first, tried.isEmpty || !showing.isEmpty {
            return [leak(verdict, leakClass, only.stage, only.manner, drops: only.count, leaked: verdict.leaked)]
        }
        if showing.isEmpty {
            // What was dropped at one stage only needs no trial to be of that stage.
            let stages = Set(drops.map(\.stage))
            let only = tried.isEmpty && stages.count == 1 ? stages.first : nil
            return [leak(verdict, leakClass, only, nil, drops: totalDrops, leaked: verdict.leaked)]
        }
        return showing.map { leak(verdict, leakClass, $0.stage, $0.manner, drops: $0.drops, leaked: $0.residual) }
            .sorted { left, right in
                let (leftRate, rightRate) = (left.per1000Drops ?? 0, right.per1000Drops ?? 0)
                return leftRate != rightRate ? leftRate > rightRate : place(left) < place(right)
            }
    }

    /// Why a leak was traced to no stage, a sentence each.
    func whyUntraced(_ verdict: GaugeVerdict) -> [String] {
        let tried = cells(of: verdict)
        if totalDrops == 0 { return ["No connection was dropped on purpose; what ended in good order left it behind."] }
        if tried.isEmpty, let stop = record.serviceStop {
            return ["The server stopped serving (\(stop.words)), so no stage and no manner could be tried alone."]
        }
        if tried.isEmpty { return ["\(drops.count) stages and manners were mixed, and none was tried alone."] }
        let most = tried.map(\.drops).max() ?? 0
        return [
            "\(tried.count) stages and manners were tried alone with up to \(Wording.count(most, "drop")) each; "
                + "none left anything."
        ]
    }

    private func cells(of verdict: GaugeVerdict) -> [Attribution] {
        let noise = record.gauges.first { $0.seriesName == verdict.seriesName }?.calibration?.noise ?? 0
        return record.attributions.filter { $0.probe == verdict.probe && $0.gauge == verdict.gauge }.map { cell in
            var cell = cell
            if cell.residual <= noise { cell.residual = 0 }
            return cell
        }
    }

    private func place(_ leak: Leak) -> (Int, Int) {
        (leak.stage?.order ?? -1, leak.manner.flatMap(Manner.allCases.firstIndex) ?? -1)
    }

    private func leak(
        _ verdict: GaugeVerdict,
        _ leakClass: LeakClass,
        _ stage: Stage?,
        _ manner: Manner?,
        drops: UInt64,
        leaked: Double
    ) -> Leak {
        let interval = RateInterval(leaked: leaked, drops: drops)
        return Leak(
            gauge: verdict.gauge,
            probe: verdict.probe,
            stage: stage,
            manner: manner,
            drops: drops,
            leaked: leaked,
            per1000Drops: drops > 0 ? 1_000 * leaked / Double(drops) : nil,
            low: interval.map { 1_000 * $0.low },
            high: interval.map { 1_000 * $0.high },
            class: leakClass,
            isAtLeast: verdict.isAtLeast
        )
    }
}
