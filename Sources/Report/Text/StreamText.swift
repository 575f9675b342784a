import Record
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

/// The scenarios of a run as rows of a table, the same on a terminal and on a page.
struct ScenarioText {
    /// The columns' headings.
    let headings: [String]
    /// A row for each scenario.
    let rows: [[String]]

    /// The rows of some scenarios; columns in which nothing was measured are left out.
    ///
    /// - Parameter isBrief: whether counts that are zero everywhere are left out as well, and headings are short.
    init(_ scenarios: [ScenarioSummary], isBrief: Bool) {
        let columns: [(heading: String, cell: (ScenarioSummary) -> String?)] = [
            ("streams", { FigureText.count($0.connections.established) }),
            ("failed", { FigureText.count($0.connections.failed) }),
            ("ended", { FigureText.count($0.connections.ended) }),
            ("connect p99", { $0.latency[.connect].map { DurationText.format($0.p99) } }),
            (
                isBrief ? "first p50" : "first event p50",
                { $0.latency[.timeToFirstEvent].map { DurationText.format($0.p50) } }
            ),
            ("p99", { $0.latency[.timeToFirstEvent].map { DurationText.format($0.p99) } }),
            ("event p99", { $0.latency[.event].map { DurationText.format($0.p99) } }),
            (
                isBrief ? "missed" : "beats missed",
                { $0.heartbeat.streams > 0 ? $0.heartbeat.missed.map(FigureText.count) : nil }
            ),
            (isBrief ? "silence" : "longest silence", { $0.heartbeat.longestSilence.map(DurationText.format) }),
        ]
        let shown = columns.filter { column in
            scenarios.contains { scenario in column.cell(scenario).map { !isBrief || $0 != "0" } ?? false }
        }
        headings = ["scenario"] + shown.map(\.heading)
        rows = scenarios.map { scenario in
            [PlainText.clean(scenario.name, limit: 32)] + shown.map { $0.cell(scenario) ?? "–" }
        }
    }
}

/// How closed streams came back, in words.
struct ReconnectText {
    let reconnect: ReconnectSummary

    /// The figures, each with its name.
    var pairs: [(String, String)] {
        let closures = reconnect.closed.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let failed = reconnect.failures.values.reduce(0 as UInt64) { $0.saturatingAdding($1) }
        var pairs = closures.map { ("Closed: \(PlainText.clean($0.key, limit: 60))", FigureText.count($0.value)) }
        pairs += [
            ("Attempts to come back", FigureText.count(reconnect.attempts)), ("Failed", FigureText.count(failed)),
            ("Came back", FigureText.count(reconnect.returned)),
        ]
        if reconnect.gaveUp > 0 { pairs.append(("Gave up", FigureText.count(reconnect.gaveUp))) }
        if reconnect.awayAtEnd > 0 { pairs.append(("Away at their end", FigureText.count(reconnect.awayAtEnd))) }
        if reconnect.toldToStop > 0 { pairs.append(("Told to stay away", FigureText.count(reconnect.toldToStop))) }
        if let rate = reconnect.peakRate { pairs.append(("Attempts a second, at most", FigureText.number(rate))) }
        if let away = reconnect.away {
            pairs.append(("Away, p50", DurationText.format(away.p50)))
            pairs.append(("Away, at most", DurationText.format(away.max)))
        }
        if let retry = reconnect.retry {
            let range =
                retry.shortest == retry.longest
                ? DurationText.format(retry.shortest)
                : "\(DurationText.format(retry.shortest)) to \(DurationText.format(retry.longest))"
            pairs.append(("Told by the server (retry)", range))
        }
        if let resume = reconnect.resume, resume.resumed > 0 {
            pairs.append(("Messages missed while away", FigureText.count(resume.missedWhileAway)))
            pairs.append(("Sent again", FigureText.count(resume.replayed)))
            if let lost = resume.lost { pairs.append(("Lost on resume", FigureText.count(lost))) }
            pairs.append(("Repeated on resume", FigureText.count(resume.repeated)))
        }
        return pairs
    }

    /// A line for each mass drop.
    var drops: [String] {
        reconnect.drops.filter { $0.closed > 0 }.prefix(ReportLimits.outages).map { drop in
            let back =
                drop.isComplete
                ? "all back after \(drop.lastReturn.map(DurationText.format) ?? "0 s")"
                : "\(FigureText.count(drop.returned)) back"
            return "\(FigureText.counted(drop.closed, "stream")) dropped at \(DurationText.format(drop.at)) "
                + "(\(drop.manner.rawValue)): \(back)"
        }
    }
}

/// What happened to streams that come back, over time.
enum ReconnectCurve {
    /// Streams that were away.
    ///
    /// - Parameter start: the load's start, in seconds since the run's.
    static func away(_ windows: [ReconnectWindow], from start: Double) -> Series {
        var series = Series(unit: "streams")
        var away: UInt64 = 0
        for window in windows {
            add(window.start + start, Double(away), to: &series)
            away.saturatingAdd(window.closed)
            let back = window.returned.saturatingAdding(window.gone)
            away = away > back ? away - back : 0
            add(window.start + start + ReconnectWindow.length.inSeconds, Double(away), to: &series)
        }
        return series
    }

    /// Attempts a second.
    ///
    /// - Parameter start: the load's start, in seconds since the run's.
    static func attempts(_ windows: [ReconnectWindow], from start: Double) -> Series {
        let length = ReconnectWindow.length.inSeconds
        var series = Series(unit: "1/s")
        var last: UInt64?
        for window in windows {
            let time = window.start + start
            if last.map({ window.index > $0.saturatingAdding(1) }) ?? true { add(time, 0, to: &series) }
            add(time + length / 2, Double(window.attempts) / length, to: &series)
            add(time + length, 0, to: &series)
            last = window.index
        }
        return series
    }

    private static func add(_ time: Double, _ value: Double, to series: inout Series) {
        // The end of one window is the start of the next.
        if let last = series.t.last, time <= last {
            series.t.removeLast()
            series.v.removeLast()
        }
        series.t.append(time)
        series.v.append(value)
    }
}
