import Record
import Vocabulary

extension FindingKind {
    /// A gauge leaks even when the client leaves in good order.
    public static let leaksPolitely = FindingKind(
        "leaks-politely",
        matters: "Every client that ever comes leaves something behind, also those that say goodbye: it grows with "
            + "traffic alone.",
        look: "Is there a close handler at all, and is it registered for this way to end? Let it release what the "
            + "stream took."
    ) { $0.politeLeaks }
}

extension FindingRules {
    /// Gauges that leak even when the client leaves in good order.
    fileprivate var politeLeaks: [Finding] {
        gaugesToProve.compactMap { gauge -> Finding? in
            guard proof.leaksPolitely(gauge) else { return nil }
            let left = proof.leftByWaves(gauge).map { Wording.number($0) }.joined(separator: ", ")
            let streams = Wording.count(gauge.calibration?.streams ?? 0, "stream")
            return finding(
                .leaksPolitely,
                .failure,
                "\(gauge.gauge): leaks even when the client leaves politely",
                [
                    "\(streams) at a time were opened before the load, read, and closed in good order; each time they left \(left).",
                    "After the load \(polite(gauge)).",
                ],
                gauge: gauge.seriesName
            )
        }
    }

    private func polite(_ gauge: GaugeRecord) -> String {
        proof.trials(of: gauge).filter(\.isPolite)
            .map { "\(Wording.count($0.drops, "stream")) left \(Wording.number($0.gained))" }
            .joined(separator: ", then ")
    }
}

extension FindingKind {
    /// A gauge holds something once and no more.
    public static let retained = FindingKind(
        "retained",
        matters: "Healthy servers keep threads, connections and buffers for reuse. What does not grow with further "
            + "drops will not grow for ever.",
        look: "Nothing, unless the amount itself is too much. A bigger `connections` shows where it stops."
    ) { $0.retained }
}

extension FindingRules {
    /// Gauges that hold something once and no more.
    fileprivate var retained: [Finding] {
        gaugesToProve.compactMap { gauge -> Finding? in
            guard let verdict = traced.first(where: { $0.verdict.seriesName == gauge.seriesName })?.verdict else {
                return nil
            }
            let early = proof.retainedByCalibration(of: gauge)
            guard verdict.retained > 0 || early > 0 else { return nil }
            let amount = Wording.number(max(verdict.retained, early))
            let trials = proof.trials(of: gauge).map { trial in
                "\(Wording.count(trial.drops, trial.isPolite ? "further stream" : "further drop")) left "
                    + "\(Wording.number(trial.gained)); a leak would have left about \(Wording.number(trial.expected.rounded()))."
            }
            return finding(
                .retained,
                .warning,
                "\(gauge.seriesName): \(amount) retained: held once and no more, as by a pool or a cache",
                LeakWording.residuals(gauge) + trials + [
                    "It does not grow with the drops, so it is no leak and fails nothing."
                ],
                gauge: gauge.seriesName
            )
        }
    }
}

extension FindingKind {
    /// Memory was not given back.
    public static let keptMemory = FindingKind(
        "kept-memory",
        matters: "Allocators keep freed memory for reuse, so this alone is no leak.",
        look: "Run it again for longer: memory that a leak holds goes on growing, a reserve does not."
    ) { $0.keptMemory }
}

extension FindingRules {
    /// Memory that was not given back.
    fileprivate var keptMemory: [Finding] {
        record.gauges.compactMap { gauge in
            guard gauge.unit == .bytes, gauge.baseline != nil, let last = gauge.residuals.last,
                last.value > VerdictLimits.keptMemory
            else { return nil }
            return finding(
                .keptMemory,
                .info,
                "\(gauge.seriesName): \(NumberText.bytes(last.value)) kept \(LeakWording.moment(last.rung))",
                LeakWording.residuals(gauge) + [
                    "Allocators keep freed memory for reuse: bytes alone are no leak. Growth from run to run would be."
                ]
            )
        }
    }
}
