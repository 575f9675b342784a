import Record
import Vocabulary

extension FindingKind {
    /// A gauge could not be read when it mattered.
    public static let gaugeUnreadable = FindingKind(
        "gauge-unreadable",
        matters: "Whether this gauge leaked cannot be told without the reading.",
        look: "Look at why the probe failed at that moment: was the endpoint down, slow, or the process gone?"
    ) { $0.unreadableGauges }
}

extension FindingRules {
    /// Gauges that could not be read when it mattered.
    ///
    /// Where the run was cut short and no reading failed, ``interrupted`` tells it.
    fileprivate var unreadableGauges: [Finding] {
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
}

extension FindingKind {
    /// Readings of a probe failed.
    public static let probeFailed = FindingKind(
        "probe-failed",
        matters: "What was not read is a gap, and no verdict rests on it.",
        look: "Look whether the probed endpoint answers under load; a longer `timeout` or a slower `every` may help."
    ) { $0.probeGaps }
}

extension FindingRules {
    /// Probes of which readings failed: how, when first, and how often.
    fileprivate var probeGaps: [Finding] {
        var probes: [String] = []
        for gauge in record.gauges where !probes.contains(gauge.probe) { probes.append(gauge.probe) }
        return probes.compactMap(gaps)
    }
}

extension FindingKind {
    /// A gauge fell as only a restart lets it fall.
    public static let gaugeJumpedBack = FindingKind(
        "gauge-jumped-back",
        matters: "A gauge that falls at once usually means that the server restarted, and its leaks with it.",
        look: "Look in the server's log and its supervisor's for a crash or a restart at that time."
    ) { $0.gaugeJumps }
}

extension FindingRules {
    /// Gauges that jumped back.
    fileprivate var gaugeJumps: [Finding] {
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

/// Readings of a probe that failed for one reason.
struct ProbeFailure {
    /// The name of a reading that was left out because the one before still lasted.
    static let busy = "PROBE_BUSY"

    /// The reason's name.
    let name: String
    /// The gauges whose readings failed for it.
    let gauges: [String]
    /// How often the one of them failed that failed most.
    let count: UInt64
    /// When first, in seconds since the run's start; nil where the record does not tell.
    let first: Double?

    /// The readings of a probe's gauges that failed for a reason.
    init(name: String, of gauges: [GaugeRecord]) {
        let failed = gauges.filter { ($0.gaps[name] ?? 0) > 0 }
        self.name = name
        self.gauges = failed.map(\.gauge)
        count = failed.map { $0.gaps[name] ?? 0 }.max() ?? 0
        first = failed.compactMap { $0.firstGaps?[name] }.min()
    }

    /// Whether nothing failed but the probe's pace.
    var isBusy: Bool { name == Self.busy }

    /// What is told first: failures before slowness, then the most frequent.
    var weight: (Int, UInt64, String) { (isBusy ? 0 : 1, count, name) }
}

/// Finds gauges that jumped back: what they hold afterwards is another server's, and says nothing about a leak.
///
/// A fall alone is no jump, since streams end and other clients leave. It is one
/// - where a total falls, which only grows;
/// - where it comes with refused connections to the server that the probe reads, which answered before;
/// - where streams are open and the gauge falls in one step from above its baseline to less than half of the least
///   that it showed before the load.
struct GaugeJumpFinder {
    private static let refused = "ECONNREFUSED"

    private let record: RunRecord

    /// A finder in a record.
    init(record: RunRecord) { self.record = record }

    /// The first jump of a gauge; nil where there is none.
    func jump(of gauge: GaugeRecord) -> GaugeJump? {
        guard let series = record.series[gauge.seriesName] else { return nil }
        let points = zip(series.t, series.v).map { (time: $0, value: $1) }
        let refusedAt = gauge.firstGaps?[Self.refused]
        let load = record.phases.first { $0.name == .load }
        let floor = points.prefix { $0.time < load?.start ?? 0 }.map(\.value).min()
        for (before, after) in zip(points, points.dropFirst()) where after.value < before.value {
            let reason: String? =
                if gauge.unit == .total {
                    "it counts what has happened so far, and only grows"
                } else if let refusedAt, before.time < refusedAt, refusedAt < after.time {
                    "connections to the server were refused in between"
                } else if gauge.unit == .count, let floor, let load, after.value < floor / 2,
                    before.value > gauge.baseline ?? .infinity, (load.start...load.end).contains(after.time),
                    areStreamsOpen(at: after.time)
                {
                    "before the load it held \(Wording.number(floor)) at least, and streams were open"
                } else {
                    nil
                }
            if let reason {
                return GaugeJump(time: after.time, before: before.value, after: after.value, reason: reason)
            }
        }
        return nil
    }

    private func areStreamsOpen(at time: Double) -> Bool {
        guard let streams = record.series["streams"] else { return false }
        let next = streams.t.firstIndex { $0 >= time } ?? streams.t.count
        // Open before and after, so that what falls as the last stream ends is no jump.
        return next > 0 && next < streams.v.count && streams.v[next - 1] > 0 && streams.v[next] > 0
    }
}

/// A fall of a gauge that no client can have caused: the server restarted.
struct GaugeJump: Equatable {
    /// When the first value after it was read, in seconds since the run's start.
    var time: Double
    /// The last value before it.
    var before: Double
    /// The first value after it.
    var after: Double
    /// What shows that it was a restart, in words.
    var reason: String
}
