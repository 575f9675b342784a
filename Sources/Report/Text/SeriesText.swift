import Record

/// Series in words.
enum SeriesText {
    /// What a series of the load shows, in a sentence; empty where its name is not known.
    static func subject(_ name: String) -> String {
        switch name {
        case "streams": "Streams that were open."
        case "arrivals": "Connections that began, in each second."
        case "events": "Events that all streams received, in each second."
        case "drops": "Connections dropped on purpose, in each second."
        case "failures": "Connections that failed, in each second."
        default: ""
        }
    }

    /// Where series go, in a sentence.
    static func course(_ series: [Series]) -> String {
        let points = series.flatMap { series in zip(series.t, series.v).map { (t: $0, v: $1, unit: series.unit) } }
        guard let peak = points.max(by: { $0.v < $1.v }) else { return "It was not recorded." }
        let value = FigureText.value(peak.v, unit: peak.unit)
        if peak.v == 0, points.allSatisfy({ $0.v == 0 }) { return "There were none." }
        guard series.count == 1, let last = points.last else { return "The highest value is \(value)." }
        let end = FigureText.value(last.v, unit: last.unit)
        return "It peaks at \(value), \(FigureText.seconds(peak.t)) into the run, and ends at \(end)."
    }
}
