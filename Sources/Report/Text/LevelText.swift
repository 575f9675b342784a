import Record
import Vocabulary

/// A climb's levels as rows of a table; a column that no level measured is left out.
struct LevelText {
    /// The heading of the column that says what became of a level.
    static let result = "result"

    /// The columns' headings.
    let headings: [String]
    /// A row for each level.
    let rows: [[String]]

    /// The table of some levels.
    ///
    /// - Parameter isBrief: whether what matters less is left out.
    init(_ levels: [CapacityLevel], isBrief: Bool) {
        let columns: [(heading: String, isBrief: Bool, cell: (CapacityLevel) -> String?)] = [
            ("streams", true, { FigureText.count($0.streams) }),
            (Self.result, true, Self.word),
            ("open", false, { FigureText.count($0.open) }),
            ("arrivals/s", true, { FigureText.number($0.arrivals.rounded()) }),
            ("connect p99", true, { $0.connectP99.map(DurationText.format) }),
            ("event p50", false, { $0.eventP50.map(DurationText.format) }),
            ("event p99", true, { $0.eventP99.map(DurationText.format) }),
            ("beat p99", true, { $0.heartbeatP99.map(DurationText.format) }),
            ("missed", true, { $0.missed.map(FigureText.count) }),
            ("errors", true, { FigureText.count($0.errors) }),
        ]
        let shown = columns.filter { column in
            (column.isBrief || !isBrief) && levels.contains { column.cell($0) != nil }
        }
        headings = shown.map(\.heading)
        rows = levels.map { level in shown.map { $0.cell(level) ?? "–" } }
    }

    /// What became of a level, in a word.
    private static func word(_ level: CapacityLevel) -> String {
        level.held ? "held" : level.saturation.isEmpty ? "broke" : "lagged"
    }
}
