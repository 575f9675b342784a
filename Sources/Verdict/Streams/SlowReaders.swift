import Record
import Vocabulary

extension FindingKind {
    /// Memory grew as long as somebody did not read.
    public static let slowReadersUnbounded = FindingKind(
        "slow-readers-unbounded",
        matters:
            "One client on a bad network can take as much memory as it likes, and a few of them the server's last.",
        look: "Bound what is queued for a client: watch the return value of write (back-pressure), and end or skip "
            + "clients that lag."
    ) { $0.slowReadersUnbounded }
}

extension FindingRules {
    /// Memory that grew as long as somebody did not read it.
    fileprivate var slowReadersUnbounded: [Finding] {
        guard let slow = record.load.slowReaders, slow.streams > 0, slow.ended < (slow.streams + 1) / 2,
            let load = record.phases.first(where: { $0.name == .load }), let start = slow.start, let end = slow.end
        else { return [] }
        let span = (load.start + start)...(load.start + max(start, end))
        return record.gauges.compactMap { gauge in
            // What waits in the kernel is bounded by the kernel.
            guard gauge.unit == .bytes, !gauge.gauge.hasPrefix("sockets."), let growth = growth(of: gauge, in: span)
            else { return nil }
            let isProcess = Self.processMemory.contains(gauge.gauge)
            let others = record.load.connections.established - min(slow.streams, record.load.connections.established)
            let allowed = isProcess ? Double(others) * VerdictLimits.healthyStreamBytes : 0
            let perStream = (growth - allowed) / Double(slow.streams)
            guard perStream > VerdictLimits.slowReaderBytes else { return nil }
            return finding(
                .slowReadersUnbounded,
                isProcess ? .warning : .failure,
                "\(gauge.seriesName): grew by \(NumberText.bytes(perStream)) for each slow reader, and went on growing",
                [
                    "\(Wording.count(slow.streams, "stream")) were read slowly or not at all; the server ended "
                        + "\(Wording.number(slow.ended)) of them.",
                    "More than \(NumberText.bytes(VerdictLimits.slowReaderBytes)) a stream that still grows is no bounded "
                        + "queue: enough clients that do not read take all memory.",
                    "Bound each client's queue, and drop the client, or events, once it is full.",
                ]
                    + (isProcess
                        ? ["\(NumberText.bytes(allowed)) of the growth are granted to the other streams."] : [])
            )
        }
    }

    private static let processMemory: Set<String> = ["rss", "private"]

    /// By how much a gauge rose from before a span to its highest within; nil where it had come to a halt by then.
    private func growth(of gauge: GaugeRecord, in span: ClosedRange<Double>) -> Double? {
        guard let series = record.series[gauge.seriesName] else { return nil }
        let points = zip(series.t, series.v).filter { $0.0 <= span.upperBound }
        let within = points.filter { $0.0 >= span.lowerBound }
        guard within.count >= VerdictLimits.fewestGrowthPoints, let highest = within.max(by: { $0.1 < $1.1 }),
            let before = points.last(where: { $0.0 < span.lowerBound })?.1 ?? gauge.baseline
        else { return nil }
        let growth = highest.1 - before
        // Where streams end one after the other, it falls before the span's end.
        let near = within.last { $0.1 >= highest.1 - growth * VerdictLimits.lateGrowthShare / 2 }?.0 ?? highest.0
        let late = span.lowerBound + (near - span.lowerBound) * 2 / 3
        guard growth > 0, let earlier = within.last(where: { $0.0 <= late })?.1,
            highest.1 - earlier >= growth * VerdictLimits.lateGrowthShare
        else { return nil }
        return growth
    }
}

extension FindingKind {
    /// The server ended slow readers.
    public static let slowReadersDropped = FindingKind(
        "slow-readers-dropped",
        matters: "The server protects itself from readers that lag. Their users lose the stream.",
        look: "Look whether the limit is what you meant, and whether such a client may come back with Last-Event-ID."
    ) { $0.slowReadersDropped }
}

extension FindingRules {
    fileprivate var slowReadersDropped: Finding? {
        guard let slow = record.load.slowReaders, slow.ended > 0 else { return nil }
        let seen = slow.endedAfter
        let when = seen.value(atPercentile: 50).map { half in
            [
                "Seen as it came for \(Wording.number(seen.count)): half of them within \(DurationText.format(half)) of the "
                    + "stream's opening, all within \(DurationText.format(seen.largest))."
            ]
        }
        return finding(
            .slowReadersDropped,
            .info,
            "the server ended \(Wording.number(slow.ended)) of \(Wording.count(slow.streams, "slow reader"))",
            (when ?? []) + [
                "The end of a stream that is not read stands behind what was not read: it is seen once that is read."
            ]
        )
    }
}

extension FindingKind {
    /// Streams fared worse beside slow readers.
    public static let slowReadersHarmOthers = FindingKind(
        "slow-readers-harm-others",
        matters: "One slow client delays everybody: a write that blocks, or one queue for all.",
        look: "Look for a broadcast that waits for each client in turn: give each client a queue of its own, with a "
            + "bound."
    ) { $0.slowReadersHarmOthers }
}

extension FindingRules {
    /// What slow readers did to other streams: silenced them, or made them wait.
    fileprivate var slowReadersHarmOthers: [Finding] {
        [slowReadersSilenceOthers].compactMap(\.self) + slowReadersDelayOthers
    }

    /// Streams fell silent beside slow readers until these left.
    private var slowReadersSilenceOthers: Finding? {
        let blocked = silences.blocked.sorted { left, right in
            (left.left != nil) == (right.left != nil)
                ? left.silence.length > right.silence.length : left.left != nil
        }
        guard let first = blocked.first, let slow = record.load.slowReaders, let start = slow.start else { return nil }
        let severity: Severity =
            first.left != nil ? .failure : silences.isPromised(first.silence) ? .warning : .info
        let until = first.left == nil ? "beside slow readers, and stayed silent" : "until a slow reader left"
        let others = blocked.dropFirst().map { "Again \(silences.span($0.silence)): \(silences.streams($0.silence))." }
        let there = "\(Wording.count(slow.streams, "slow reader")) came from \(silences.moment(start)) on"
        let left = first.left.map { "; one left at \(silences.moment($0))" } ?? ""
        return finding(
            .slowReadersHarmOthers,
            severity,
            "\(silences.streams(first.silence)) fell silent \(silences.span(first.silence)), \(until)",
            ["\(there)\(left)."] + silences.account(of: first.silence) + others
                + ["Look for a write that waits for a slow client while others wait for it."]
        )
    }

    /// Healthy streams fared worse beside slow readers than before them.
    private var slowReadersDelayOthers: [Finding] {
        // The generator's own lag would be laid to the server's charge.
        guard record.generator.saturation.isEmpty else { return [] }
        return (record.load.scenarios ?? []).compactMap { scenario in
            guard let neighbour = scenario.load.slowNeighbours else { return nil }
            let worse = zip(neighbour.before.named, neighbour.during.named).compactMap { before, during in
                Self.worsening(before.name, before.histogram, during.histogram)
            }
            guard let first = worse.first else { return nil }
            return finding(
                .slowReadersHarmOthers,
                .warning,
                "\(scenario.name): \(first) beside slow readers",
                worse.dropFirst().map { "\($0) as well." } + [
                    "Worse is \(Wording.number(VerdictLimits.harmFactor)) times as long at the 99th percentile, and by "
                        + "\(DurationText.format(VerdictLimits.harmSpan)) at least; before and beside are of this run.",
                    "Look for a write that waits for a slow client while others wait for it.",
                ]
            )
        }
    }

    private static func worsening(_ name: String, _ before: LatencyHistogram, _ during: LatencyHistogram) -> String? {
        guard min(before.count, during.count) >= VerdictLimits.fewestHarmSpans,
            let calm = before.value(atPercentile: 99), let beside = during.value(atPercentile: 99),
            Double(beside) >= Double(calm) * VerdictLimits.harmFactor, beside >= calm + VerdictLimits.harmSpan
        else { return nil }
        return "\(name) p99 rose from \(DurationText.format(calm)) to \(DurationText.format(beside))"
    }
}
