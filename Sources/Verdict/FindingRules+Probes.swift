import Record
import Vocabulary

extension FindingRules {
    /// The server's process ended, and with it the run.
    var serverDied: Finding? {
        guard let death = record.serverDeath else { return nil }
        let how = death.end.map { ": it \($0)" } ?? ""
        let who = death.probe.map { "Noticed by the probe \($0)." } ?? "It was the bundled server, started for the run."
        let last = death.lastDrops.reversed().map { drop in
            "\(Self.seconds(max(0, death.time - drop.time))) before: dropped at \(drop.stage.rawValue) "
                + "(\(drop.manner.rawValue))."
        }
        return finding(
            .serverDied,
            .failure,
            "the server died \(Self.seconds(death.time)) into the run\(how)",
            [who, "The run ended there; what would have come after it was not measured."]
                + (last.isEmpty ? ["No connection had been dropped on purpose before."] : last)
        )
    }

    /// Probes of which readings failed: how, when first, and how often.
    var probeGaps: [Finding] {
        var probes: [String] = []
        for gauge in record.gauges where !probes.contains(gauge.probe) { probes.append(gauge.probe) }
        return probes.compactMap(gaps)
    }

    /// Gauges that jumped back.
    var gaugeJumps: [Finding] {
        zip(record.gauges, traced).compactMap { gauge, traced in
            guard let jump = traced.verdict.jump else { return nil }
            return finding(
                .gaugeJumpedBack,
                record.restart == nil ? .warning : .info,
                "\(gauge.seriesName): jumped back from \(Wording.number(jump.before)) to "
                    + "\(Wording.number(jump.after)) at \(Self.seconds(jump.time)); did the server restart?",
                [
                    "It cannot have fallen so by itself: \(jump.reason).",
                    "Whether it leaks was not measured: what it held before is gone with the server that held it.",
                ]
            )
        }
    }

    private func gaps(_ probe: String) -> Finding? {
        let gauges = record.gauges.filter { $0.probe == probe }
        let names = Set(gauges.flatMap { $0.gaps.filter { $0.value > 0 }.keys })
        let failures = names.map { ProbeFailure(name: $0, of: gauges) }.sorted { $0.weight > $1.weight }
        guard let worst = failures.first else { return nil }
        if worst.isBusy, !gauges.contains(where: isMostlyBusy) { return nil }
        let when = worst.first.map { ", first at \(Self.seconds($0))" } ?? ""
        return finding(
            .probeFailed,
            worst.isBusy || record.restart != nil ? .info : .warning,
            "probe \(probe): \(Wording.count(worst.count, "reading")) failed with \(worst.name)\(when)",
            ["A reading that failed is a gap and never zero; no verdict rests on it."]
                + failures.map { failure in
                    let first = failure.first.map { ", first at \(Self.seconds($0))" } ?? ""
                    let who =
                        failure.gauges.count == gauges.count ? "Every gauge" : failure.gauges.joined(separator: ", ")
                    return "\(who): \(failure.name), \(Wording.count(failure.count, "time"))\(first)."
                }
        )
    }

    /// Whether more readings were left out than made, since the probe was slower than its period.
    private func isMostlyBusy(_ gauge: GaugeRecord) -> Bool {
        (gauge.gaps[ProbeFailure.busy] ?? 0) > UInt64(record.series[gauge.seriesName]?.t.count ?? 0)
    }

    private static func seconds(_ time: Double) -> String { DurationText.format(Nanoseconds(seconds: time)) }
}
