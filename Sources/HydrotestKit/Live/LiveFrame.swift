import Report
import Vocabulary

/// One picture of a run on a terminal: a moment and what led to it in, lines out.
struct LiveFrame {
    private static let narrowestSpark = 8
    private static let indent = 2

    let snapshot: RunSnapshot
    let history: LiveHistory
    /// The terminal's columns.
    let width: Int
    /// The terminal's rows.
    let height: Int
    let style: TerminalStyle

    private struct Row {
        let label: String
        let value: String
        var points: [Double?] = []
        var base: Double? = 0
        var look: TerminalStyle.Look?
    }

    /// The lines, each narrower than the terminal, and fewer than it has rows.
    ///
    /// - Parameter color: whether colours are written.
    init(_ snapshot: RunSnapshot, history: LiveHistory, width: Int, height: Int, color: Bool) {
        self.snapshot = snapshot
        self.history = history
        self.width = max(width, 20)
        self.height = max(height, 3)
        style = TerminalStyle(color: color)
    }

    /// The lines, the more important ones first.
    func lines() -> [String] {
        let rows = figures + thresholds + gauges
        // One column and one row are left free, so that nothing makes the terminal scroll.
        let room = height - 2
        let shown = rows.count <= room ? rows : Array(rows.prefix(max(0, room - 1)))
        var lines = [style.apply(.bold, to: TextLayout.cut(title, width: width - 1))]
        let labelWidth = min(shown.map(\.label.count).max() ?? 0, width / 2)
        let valueWidth = shown.map(\.value.count).max() ?? 0
        lines += shown.map { line($0, labelWidth: labelWidth, valueWidth: valueWidth) }
        if shown.count < rows.count {
            lines.append(
                style.apply(.dim, to: TextLayout.cut("  and \(rows.count - shown.count) more", width: width - 1))
            )
        }
        return lines
    }

    private var title: String {
        let parts = [snapshot.profile, snapshot.phase, snapshot.activity, Self.clock(snapshot.elapsed)]
        return parts.filter { !$0.isEmpty }.map { PlainText.clean($0) }.joined(separator: " · ")
    }

    /// Hours, minutes and seconds: `1:02:03`, `02:03`.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(max(0, seconds))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let hours = whole >= 3_600 ? "\(whole / 3_600):" : ""
        return "\(hours)\(two(whole / 60 % 60)):\(two(whole % 60))"
    }

    private var figures: [Row] {
        let (counts, rates) = (snapshot.counts, history.rates)
        let planned = snapshot.planned.map { " of \(NumberText.grouped($0)) started" } ?? " started"
        let failed = counts.failed > 0 ? TerminalStyle.Look.warning : nil
        return [
            Row(label: "streams", value: NumberText.grouped(snapshot.open), points: history.points("streams")),
            Row(
                label: NumberText.grouped(counts.started) + planned,
                value: Self.rate(rates.arrivals),
                points: history.points("arrivals")
            ),
            Row(
                label: Self.counted(counts.events, "event"),
                value: Self.rate(rates.events),
                points: history.points("events")
            ),
            Row(
                label: Self.counted(counts.dropped, "drop"),
                value: Self.rate(rates.drops),
                points: history.points("drops")
            ),
            Row(
                label: Self.counted(counts.failed, "failure"),
                value: Self.rate(rates.failures),
                points: history.points("failures"),
                look: failed
            ),
        ]
    }

    private static func counted(_ count: Int, _ noun: String) -> String {
        "\(NumberText.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }

    /// A number of things a second.
    static func rate(_ rate: Double) -> String {
        let text = rate >= 100 ? NumberText.grouped(Int(rate.rounded())) : NumberText.threeDigits(rate)
        return "\(text)/s"
    }

    private var thresholds: [Row] {
        let broken = snapshot.thresholds.filter { $0.state == .broken }
        let others = snapshot.thresholds.filter { $0.state != .broken }
        return (broken + others).map { threshold in
            switch threshold.state {
            case .broken: Row(label: "✗ \(threshold.expression)", value: threshold.value ?? "", look: .bad)
            case .holding: Row(label: "✓ \(threshold.expression)", value: threshold.value ?? "", look: .good)
            case .open: Row(label: "· \(threshold.expression)", value: threshold.value ?? "at the end", look: .dim)
            }
        }
    }

    private var gauges: [Row] {
        snapshot.gauges.map { gauge in
            let name = "\(gauge.probe).\(gauge.name)"
            return Row(
                label: name,
                value: gauge.value.map { Self.value($0, gauge.unit) } ?? "gap",
                points: history.points(name),
                // Memory never comes near zero: what moves is on top.
                base: gauge.unit == .bytes ? nil : 0,
                look: gauge.value == nil ? .warning : nil
            )
        }
    }

    /// A reading in its unit.
    static func value(_ value: Double, _ unit: GaugeUnit) -> String {
        if unit == .bytes { return NumberText.bytes(value) }
        guard let whole = Int(exactly: value.rounded()) else { return NumberText.threeDigits(value) }
        return value == value.rounded() || abs(value) >= 1_000
            ? NumberText.grouped(whole) : NumberText.threeDigits(value)
    }

    private func line(_ row: Row, labelWidth: Int, valueWidth: Int) -> String {
        let label = TextLayout.cut(PlainText.clean(row.label), width: labelWidth)
        let gap = String(repeating: " ", count: max(0, labelWidth - label.count))
        let lead = String(repeating: " ", count: max(0, valueWidth - row.value.count))
        let text = TextLayout.cut(
            String(repeating: " ", count: Self.indent) + label + gap + "  " + lead + row.value,
            width: width - 1
        )
        let head = row.look.map { style.apply($0, to: text) } ?? text
        let room = min(LiveHistory.points, width - 1 - Self.indent - labelWidth - 2 - valueWidth - 2)
        guard room >= Self.narrowestSpark, !row.points.isEmpty else { return head }
        return head + "  " + style.apply(.dim, to: Sparkline.text(row.points.suffix(room), base: row.base))
    }
}

/// A figure over time in one line of text, in eight heights of a block.
enum Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The line of values; one that is missing is a space.
    ///
    /// - Parameter base: the value of the lowest block; nil for the least of the values.
    static func text(_ values: [Double?], base: Double? = 0) -> String {
        let known = values.compactMap(\.self).filter(\.isFinite)
        let low = base ?? known.min() ?? 0
        let high = known.max() ?? low
        return String(
            values.map { value in
                guard let value, value.isFinite else { return " " }
                guard high > low, value > low else { return blocks[0] }
                let height = ((value - low) / (high - low) * Double(blocks.count)).rounded(.up)
                return blocks[min(max(Int(height), 1), blocks.count) - 1]
            }
        )
    }
}

/// The figures of a run since its start, in a bounded number of points of equal length.
struct LiveHistory: Equatable {
    /// Points kept of each figure; with one more, neighbours are merged and each point takes twice as long.
    static let points = 40

    /// Figures per second, since the moment before.
    struct Rates: Equatable {
        var arrivals = 0.0
        var events = 0.0
        var drops = 0.0
        var failures = 0.0
    }

    /// The rates at the latest moment.
    private(set) var rates = Rates()
    private var last: RunSnapshot?
    private var series: [String: [Double?]] = [:]
    /// Moments that a full point stands for, and how many the last one has.
    private var perPoint = 1
    private var inLast = 0

    /// Takes in a moment.
    mutating func append(_ snapshot: RunSnapshot) {
        if let last, snapshot.elapsed > last.elapsed {
            let seconds = snapshot.elapsed - last.elapsed
            func rate(_ count: KeyPath<RunCounts, Int>) -> Double {
                Double(max(0, snapshot.counts[keyPath: count] - last.counts[keyPath: count])) / seconds
            }
            rates = Rates(
                arrivals: rate(\.started),
                events: rate(\.events),
                drops: rate(\.dropped),
                failures: rate(\.failed)
            )
        }
        last = snapshot
        var values: [String: Double?] = [
            "streams": Double(snapshot.open), "arrivals": rates.arrivals, "events": rates.events,
            "drops": rates.drops, "failures": rates.failures,
        ]
        for gauge in snapshot.gauges { values["\(gauge.probe).\(gauge.name)"] = .some(gauge.value) }
        add(values)
    }

    /// The points of a figure, the oldest first.
    func points(_ name: String) -> [Double?] { series[name] ?? [] }

    private mutating func add(_ values: [String: Double?]) {
        let count = series.values.map(\.count).max() ?? 0
        let isNew = inLast == 0 || inLast == perPoint
        if isNew, count == Self.points { merge() }
        let position = (series.values.map(\.count).max() ?? 0) - (isNew ? 0 : 1)
        for (name, value) in values {
            var points = series[name] ?? []
            // A gauge that was first read later has gaps before.
            while points.count < position { points.append(nil) }
            if points.count == position {
                points.append(value)
            } else if let value {
                points[position] = max(points[position] ?? value, value)
            }
            series[name] = points
        }
        inLast = isNew ? 1 : inLast + 1
    }

    private mutating func merge() {
        series = series.mapValues { points in
            stride(from: 0, to: points.count, by: 2).map { index in
                let pair = points[index..<min(index + 2, points.count)].compactMap(\.self)
                return pair.max()
            }
        }
        perPoint *= 2
    }
}
