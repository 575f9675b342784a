import Record
import RunProfile
import Vocabulary

extension FindingRules {
    /// Memory that grows with every drop of a cell; a warning, as an allocator may grow for long without a leak.
    var growingMemory: [Finding] {
        MatrixJudge(record: record).gauges.compactMap { gauge in
            let cells = gauge.cells.filter(\.leaks).sorted { $0.per1000Drops > $1.per1000Drops }
            guard gauge.unit == .bytes, let worst = cells.first else { return nil }
            return finding(
                .memoryGrows,
                .warning,
                "\(gauge.probe).\(gauge.gauge): grows by up to \(NumberText.bytes(worst.per1000Drops)) per 1,000 drops at "
                    + "\(worst.stage.rawValue) (\(worst.manner.rawValue))",
                cells.map { cell in
                    "Dropped at \(cell.stage.rawValue) (\(cell.manner.rawValue)): "
                        + "\(NumberText.bytes(cell.per1000Drops)) per 1,000 (95% interval "
                        + "\(NumberText.bytes(cell.low ?? 0)) to \(NumberText.bytes(cell.high ?? 0)))."
                }
            )
        }
    }

    /// Thresholds that a matrix or a race cannot judge, as they hold no streams.
    var thresholdsNotJudged: Finding? {
        guard record.matrix != nil || record.race != nil else { return nil }
        let left = thresholds.filter { !$0.metric.isJudgedWithoutStreams }
        guard !left.isEmpty else { return nil }
        return finding(
            .thresholdsNotJudged,
            .info,
            "\(Wording.count(UInt64(left.count), "threshold")) not judged: no stream was held",
            left.map(\.expression)
        )
    }
}

extension ThresholdMetric {
    /// Whether drops alone measure it.
    var isJudgedWithoutStreams: Bool {
        switch self {
        case .leaks, .errorRate, .errorCount: true
        default: false
        }
    }
}
