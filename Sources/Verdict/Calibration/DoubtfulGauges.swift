import Record
import Vocabulary

extension FindingKind {
    /// Several processes answer for a gauge by turns.
    public static let gaugeOfSeveralProcesses = FindingKind(
        "gauge-of-several-processes",
        matters: "Each reading comes from one of several processes: leaks in the others stay unseen.",
        look: "Let the probe sum all of them: `instance:`, a list of addresses, or `instances:`."
    ) { $0.gaugesOfSeveralProcesses }
}

extension FindingRules {
    /// Gauges that several processes answer by turns.
    fileprivate var gaugesOfSeveralProcesses: [Finding] {
        gaugesToProve.compactMap { gauge -> Finding? in
            guard proof.standing(of: gauge) == .severalProcesses else { return nil }
            let count = gauge.calibration?.processes.map { "\($0) processes" } ?? "several processes"
            return finding(
                .gaugeOfSeveralProcesses,
                .warning,
                "\(gauge.seriesName): \(count) answer by turns, and each reading is that of one",
                [
                    "Its figures are a part of the truth: leaks in the others are not seen, and rates are too low.",
                    "Name what tells the processes apart (`instance: /pid`), all of their addresses (`http: [..]`), or the "
                        + "processes (`instances:`), so that they are summed.",
                ],
                gauge: gauge.seriesName
            )
        }
    }
}

extension FindingKind {
    /// A gauge shows late what has happened.
    public static let gaugeLags = FindingKind(
        "gauge-lags",
        matters: "A value that is cached or swept tells what was, so every reading is taken later, and the run lasts "
            + "longer.",
        look: "Nothing; a gauge that is counted when it is asked for makes the run shorter."
    ) { $0.laggingGauges }
}

extension FindingRules {
    /// Gauges that show late what has happened.
    fileprivate var laggingGauges: [Finding] {
        gaugesToProve.compactMap { gauge -> Finding? in
            guard proof.standing(of: gauge) == .lagging else { return nil }
            let lag = Wording.seconds(proof.lag(of: gauge))
            let ways = gauge.calibration.map { calibration in
                "Streams that opened were seen after \(Wording.seconds(calibration.openingLag ?? 0)), their end after "
                    + "\(calibration.endingLag.map(Wording.seconds) ?? "more than \(Wording.seconds(calibration.waited))")."
            }
            return finding(
                .gaugeLags,
                .info,
                "\(gauge.seriesName): lags by \(lag), as from a cache or a sweep; it was waited for",
                [ways].compactMap(\.self) + ["Each reading that a verdict rests on was taken so much later."],
                gauge: gauge.seriesName
            )
        }
    }
}

extension FindingKind {
    /// A gauge only grows.
    public static let gaugeIsTotal = FindingKind(
        "gauge-is-total",
        matters: "A counter never comes back, so nothing can be concluded from what it holds.",
        look: "Write `unit: total` if it is a counter, `unit: count` if it counts what is held now."
    ) { $0.totals }
}

extension FindingRules {
    /// Gauges that only grow.
    fileprivate var totals: [Finding] {
        gaugesToProve.compactMap { gauge -> Finding? in
            guard gauge.unit == .count, proof.standing(of: gauge) == .total else { return nil }
            return finding(
                .gaugeIsTotal,
                .info,
                "\(gauge.seriesName): only grows, so it was taken for a counter: nothing of it can leak",
                [
                    "If it counts what is held now, every stream leaks: say so with `unit: count` beside its pointer.",
                    "If it is a counter, `unit: total` says so.",
                ],
                gauge: gauge.seriesName
            )
        }
    }
}

extension FindingKind {
    /// A gauge moves too much by itself to show a small leak.
    public static let gaugeMovesByItself = FindingKind(
        "gauge-moves-by-itself",
        matters: "What other clients do hides what the drops leave.",
        look: "Test a server that nobody else uses, or make more drops."
    ) { $0.vagueGauges }
}

extension FindingRules {
    /// Gauges that move too much by themselves to show a small leak.
    fileprivate var vagueGauges: [Finding] {
        gaugesToProve.compactMap { gauge -> Finding? in
            guard let share = proof.smallestShare(of: gauge), share > GaugeProof.vagueShare, gauge.unit == .count,
                proof.mayJudge(gauge) || proof.isVague(gauge), gauge.isOfProcess != true
            else { return nil }
            let noise = Wording.number(gauge.calibration?.noise ?? 0)
            let percent = NumberText.threeDigits(min(100, 100 * share))
            let needed = Wording.number(((gauge.calibration?.noise ?? 0) + 1) / 0.01)
            return finding(
                .gaugeMovesByItself,
                .warning,
                proof.isVague(gauge)
                    ? "\(gauge.seriesName): moves by \(noise) by itself, so it cannot tell whether anything leaks"
                    : "\(gauge.seriesName): moves by \(noise) by itself, so a leak in fewer than \(percent)% of drops would not show",
                ["Other clients move it. \(needed) drops would show a leak in 1% of them; so would a quieter server."],
                gauge: gauge.seriesName
            )
        }
    }
}
