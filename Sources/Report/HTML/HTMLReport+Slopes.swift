import Record
import Verdict
import Vocabulary

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
