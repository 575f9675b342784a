import Record
import Vocabulary

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
