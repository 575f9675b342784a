import Record
import Verdict
import Vocabulary

extension HTMLReport {
    /// What the load did over time: streams in one plot, each rate in its own.
    func timeSection() -> HTMLSection {
        let gauges = Set(document.gauges.map(\.seriesName))
        let load = document.series.filter { !gauges.contains($0.key) && detailed(by: $0.key) == nil }
            .sorted { $0.key < $1.key }
        let streams = load.filter { $0.value.unit == "streams" }
        let others = load.filter { $0.value.unit != "streams" }
        var figures = [plot(id: "plot-streams", title: "Streams", unit: "streams", series: streams)]
        for (index, other) in others.prefix(ReportLimits.plots).enumerated() {
            let title = Self.title(other.key, unit: other.value.unit)
            figures.append(plot(id: "plot-load-\(index)", title: title, unit: other.value.unit, series: [other]))
        }
        return HTMLSection(
            id: "time",
            title: "Over time",
            lead: document.phases.isEmpty ? "" : "The bands are the run’s phases.",
            body: "<div class=\"plots\">\(figures.joined())</div>" + Self.more(others.count)
        )
    }

    /// What each gauge showed over time, beside its baseline.
    func gaugesSection() -> HTMLSection {
        guard !document.gauges.isEmpty else {
            return HTMLSection(id: "gauges", title: "Gauges", lead: "The profile names no probe.", body: "")
        }
        let figures = document.gauges.prefix(ReportLimits.plots).enumerated().map { index, gauge in
            details(of: gauge, id: "plot-details-\(index)")
                + figure(
                    title: gauge.seriesName,
                    sentence: LeakText.sentence(gauge),
                    plot: SVGLineChart(
                        id: "plot-gauge-\(index)",
                        title: gauge.seriesName,
                        description: LeakText.sentence(gauge),
                        unit: gauge.unit.rawValue,
                        lines: [gauge.seriesName].compactMap { name in
                            document.series[name].map { SVGLineChart.Line(name: name, series: $0) }
                        },
                        phases: document.phases,
                        end: end,
                        baseline: gauge.baseline
                    ).render()
                )
        }
        return HTMLSection(
            id: "gauges",
            title: "Gauges",
            lead:
                "What the server held, read from outside. The dashed line is the baseline: "
                + "a line that stays above it leaks.",
            body: slopesTable() + "<div class=\"plots\">\(figures.joined())</div>" + Self.more(document.gauges.count)
        )
    }

    /// The gauge whose details a series is one of: `process.sockets` for `process.sockets.ESTABLISHED`.
    private func detailed(by series: String) -> GaugeRecord? {
        document.gauges.first { series.hasPrefix($0.seriesName + ".") }
    }

    /// The parts that a gauge is made of in one plot; those that were never there are left out.
    private func details(of gauge: GaugeRecord, id: String) -> String {
        let parts = document.series
            .filter { detailed(by: $0.key) == gauge && $0.value.v.contains { $0 > 0 } }
            .map { (key: String($0.key.dropFirst(gauge.seriesName.count + 1)), value: $0.value) }
            .sorted { $0.key < $1.key }
        guard !parts.isEmpty else { return "" }
        return plot(id: id, title: "\(gauge.seriesName) by kind", unit: gauge.unit.rawValue, series: parts)
    }

    /// A plot with its heading and sentence; where there is nothing to draw, the sentence says so.
    func figure(title: String, sentence: String, plot: String?, legend: [String] = []) -> String {
        let keys = legend.enumerated().map {
            "<li>\(PlotPaint.swatch($0.offset))\(HTMLEscaping.escape($0.element))</li>"
        }
        return
            "<figure><figcaption><h3>\(HTMLEscaping.escape(title))</h3>"
            + "<p>\(HTMLEscaping.escape(sentence))</p></figcaption>"
            + (plot ?? "<p class=\"empty\">There is nothing to plot.</p>")
            + (keys.count > 1 ? "<ul class=\"legend\">\(keys.joined())</ul>" : "") + "</figure>\n"
    }

    private var end: Double { max(document.phases.map(\.end).max() ?? 0, 0) }

    private func plot(id: String, title: String, unit: String, series: [(key: String, value: Series)]) -> String {
        let subject = series.count == 1 ? SeriesText.subject(series[0].key) : "A line for each."
        let sentence = [subject, SeriesText.course(series.map(\.value))].filter { !$0.isEmpty }.joined(separator: " ")
        let lines = series.prefix(Palette.lines.count).map { SVGLineChart.Line(name: $0.key, series: $0.value) }
        let chart = SVGLineChart(
            id: id,
            title: title,
            description: sentence,
            unit: unit,
            lines: lines,
            phases: document.phases,
            end: end
        )
        return figure(title: title, sentence: sentence, plot: chart.render(), legend: lines.map(\.name))
    }

    private static func title(_ name: String, unit: String) -> String {
        let title = name.prefix(1).uppercased() + name.dropFirst()
        return unit == "1/s" ? "\(title) a second" : title
    }

    private static func more(_ count: Int) -> String {
        count > ReportLimits.plots
            ? "<p class=\"more\">and \(count - ReportLimits.plots) more, in the JSON report</p>" : ""
    }
}

extension HTMLReport {
    /// How the gauges changed under constant load; nothing where that is not known.
    func slopesTable() -> String {
        guard !document.slopes.isEmpty else { return "" }
        let table = HTMLTable(
            caption: "Under constant load",
            columns: [
                .text("Gauge"), .text("Time"), .figure("An hour"), .figure("Per 1,000 connections"),
                .figure("By chance"), .text("Trend"),
            ],
            rows: document.slopes.prefix(ReportLimits.plots).map { slope in
                [
                    .text("\(slope.gauge) (\(slope.probe))"),
                    .text("\(FigureText.seconds(slope.start)) – \(FigureText.seconds(slope.end))"),
                    .text(SlopeText.estimate(slope.perHour, slope.unit)),
                    slope.per1000Connections.map { .text(SlopeText.estimate($0, slope.unit)) } ?? .absent,
                    .text(SlopeText.chance(slope.p)),
                    slope.isGrowing ? .markup("grows", class: "no") : .text("no growth"),
                ]
            }
        )
        return "<h3>Trends under constant load, with 99% intervals</h3>" + table.render()
    }
}
