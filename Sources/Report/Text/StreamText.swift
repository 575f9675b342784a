import Vocabulary

/// What followed streams, slow readers and the server's clock showed, as a table of names and figures.
struct StreamText {
    /// The rows: what it is, and its figures in words.
    let rows: [(name: String, figures: String)]

    /// The rows of a report.
    init(_ document: ReportDocument) {
        var rows: [(String, String)] = []
        if let streams = document.streams { rows += Self.rows(streams) }
        if let slow = document.slowReaders {
            let when = slow.endedAfter.map { ", half of those seen within \(DurationText.format($0.p50))" } ?? ""
            rows.append(
                (
                    "slow readers",
                    "\(FigureText.count(slow.streams)), \(FigureText.count(slow.ended)) ended by the server\(when)"
                )
            )
        }
        if let clock = document.latency.serverClock { rows.append(("by the server's clock", Self.text(clock))) }
        self.rows = rows
    }

    private static func rows(_ streams: StreamSummary) -> [(String, String)] {
        var ends = ["\(FigureText.count(streams.marked)) with their end marker"]
        if let unmarked = streams.unmarked { ends.append("\(FigureText.count(unmarked)) without it") }
        if streams.cancelled > 0 { ends.append("\(FigureText.count(streams.cancelled)) cancelled at an event") }
        var rows = [("ended", ends.joined(separator: ", "))]
        if let first = streams.timeToFirstToken { rows.append(("first token", spans(first))) }
        if let gap = streams.gap { rows.append(("between events", spans(gap))) }
        if let events = streams.events { rows.append(("events a stream", numbers(events))) }
        if let tokens = streams.tokens { rows.append(("tokens a stream", numbers(tokens))) }
        if let rate = streams.tokenRate { rows.append(("tokens a second", numbers(rate))) }
        return rows
    }

    private static func spans(_ summary: LatencySummary) -> String {
        "p50 \(DurationText.format(summary.p50)), p99 \(DurationText.format(summary.p99)), "
            + "max \(DurationText.format(summary.max))"
    }

    private static func numbers(_ summary: NumberSummary) -> String {
        "p1 \(FigureText.number(summary.p1)), p5 \(FigureText.number(summary.p5)), "
            + "p50 \(FigureText.number(summary.p50)), max \(FigureText.number(summary.max))"
    }

    private static func text(_ clock: ServerClockSummary) -> String {
        guard let late = clock.aboveFastest, let offset = clock.offset else { return "no event's time could be read" }
        let distance = DurationText.format(offset.magnitude)
        return "\(spans(late)) above the fastest event; this machine's clock less the server's: "
            + "\(offset < 0 ? "−" : "")\(distance)"
    }
}
