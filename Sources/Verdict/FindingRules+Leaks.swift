import Record
import Vocabulary

extension FindingRules {
    /// Leaks, and beside each that could not be traced, why.
    var leaks: [Finding] {
        traced.flatMap { verdict, leaks -> [Finding] in
            guard let worst = leaks.first else { return [] }
            let found = leak(verdict, leaks, worst)
            guard worst.stage == nil else { return [found] }
            return [found, notAttributed(verdict)]
        }
    }

    /// Gauges that could not be read when it mattered.
    ///
    /// Where the run was cut short and no reading failed, ``interrupted`` tells it.
    var unreadableGauges: [Finding] {
        record.gauges.indices.compactMap { index in
            let (gauge, verdict) = (record.gauges[index], traced[index].verdict)
            guard !verdict.unread.isEmpty, !record.interrupted || !gauge.gaps.isEmpty else { return nil }
            // Other findings tell why.
            guard verdict.jump == nil, record.serverDeath == nil else { return nil }
            return finding(
                .gaugeUnreadable,
                .warning,
                "\(gauge.seriesName): could not be read when it mattered",
                verdict.unread + ["The verdict never rests on a reading that was not made."] + listed(gauge.gaps)
            )
        }
    }

    /// Memory that was not given back.
    var keptMemory: [Finding] {
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

    private func leak(_ verdict: GaugeVerdict, _ leaks: [Leak], _ worst: Leak) -> Finding {
        let rate = worst.per1000Drops.map {
            "\(leaks.count > 1 ? "up to " : "")\(Wording.number($0)) leaked per 1,000 drops"
        }
        return finding(
            .leak,
            .failure,
            "\(verdict.gauge): \(rate ?? "\(Wording.number(worst.leaked)) leaked")\(places(leaks, worst)), "
                + LeakWording.name(worst.class, isAtLeast: verdict.isAtLeast),
            verdict.evidence + [LeakWording.meaning(worst.class)] + workGoesOn(leaks)
                + ["Read by the probe \(verdict.probe)."] + leaks.map(line),
            gauge: verdict.seriesName
        )
    }

    /// Where a gauge's leaks come from: one place, one stage with its manners, or the worst place and how many more.
    private func places(_ leaks: [Leak], _ worst: Leak) -> String {
        guard leaks.count > 1 else { return LeakWording.place(worst) }
        if let stage = worst.stage, leaks.allSatisfy({ $0.stage == stage }) {
            let manners = Manner.allCases.filter { manner in leaks.contains { $0.manner == manner } }.map(\.rawValue)
            return " at \(stage.rawValue) (\(manners.joined(separator: ", ")))"
        }
        return LeakWording.place(worst) + " and \(leaks.count - 1) more"
    }

    private func line(_ leak: Leak) -> String {
        let place = leak.stage == nil ? "Over the whole run" : "Dropped\(LeakWording.place(leak))"
        let left = "\(place): \(Wording.number(leak.leaked)) left by \(Wording.count(leak.drops, "drop"))"
        guard let rate = leak.per1000Drops, let low = leak.low, let high = leak.high else { return left + "." }
        return left + ", \(Wording.number(rate)) per 1,000 (95% interval \(Wording.number(low)) to "
            + "\(Wording.number(high)))."
    }

    private func notAttributed(_ verdict: GaugeVerdict) -> Finding {
        finding(
            .leakNotAttributed,
            .info,
            "\(verdict.gauge): the leak was traced to no stage",
            tracer.whyUntraced(verdict)
        )
    }
}
