import Record
import Verdict
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

/// One gauge of a drop matrix as a table of stage and manner.
struct MatrixText {
    /// What stands for a cell that leaks nothing.
    static let clean = "·"
    /// What stands for a cell that was not tried.
    static let untried = "–"
    /// What both mean.
    static let key = "leaked per 1,000 drops; \(clean) nothing above the noise, \(untried) not tried"

    private let gauge: MatrixGauge
    /// The stages that were tried, in order.
    let stages: [Stage]
    /// The manners that were tried, in order.
    let manners: [Manner]
    /// The most that a cell leaks, per 1,000 drops.
    let largest: Double

    /// The table of a gauge.
    init(_ gauge: MatrixGauge) {
        self.gauge = gauge
        let cells = gauge.cells
        stages = Stage.allCases.filter { stage in cells.contains { $0.stage == stage } }
        manners = Manner.allCases.filter { manner in cells.contains { $0.manner == manner } }
        largest = cells.filter(\.leaks).map(\.per1000Drops).max() ?? 0
    }

    /// A cell; nil where it was not tried.
    func cell(_ stage: Stage, _ manner: Manner) -> MatrixGauge.Cell? {
        gauge.cells.first { $0.stage == stage && $0.manner == manner }
    }

    /// What a cell leaks, in the gauge's unit.
    func figure(_ cell: MatrixGauge.Cell?) -> String {
        guard let cell else { return Self.untried }
        return cell.leaks ? amount(cell.per1000Drops) : Self.clean
    }

    /// A cell in a sentence: what it leaks, and how sure that is.
    func sentence(_ cell: MatrixGauge.Cell) -> String {
        let interval = cell.low.flatMap { low in
            cell.high.map { "95% interval \(amount(low)) to \(amount($0))" }
        }
        return "\(cell.stage.rawValue), \(cell.manner.rawValue): \(amount(cell.per1000Drops)) per 1,000 drops "
            + "(\(interval.map { $0 + ", " } ?? "")\(FigureText.counted(cell.drops, "drop")) in "
            + "\(FigureText.counted(cell.cycles, "cycle"))), \(cell.class.rawValue)"
    }

    /// What becomes of what is left, a line for each class with its cells: `permanent: request-sent (fin, rst)`.
    var classes: [String] {
        LeakClass.allCases.reversed().compactMap { leakClass in
            let places = stages.compactMap { stage -> String? in
                let found = manners.filter { cell(stage, $0)?.class == leakClass }
                return found.isEmpty ? nil : "\(stage.rawValue) (\(found.map(\.rawValue).joined(separator: ", ")))"
            }
            return places.isEmpty || leakClass == .none
                ? nil : "\(leakClass.rawValue): " + places.joined(separator: ", ")
        }
    }

    /// A number of units.
    private func amount(_ value: Double) -> String {
        gauge.unit == .bytes ? NumberText.bytes(value) : FigureText.number(value >= 100 ? value.rounded() : value)
    }

    /// The gauges of a matrix that were read often enough to be judged and leak nowhere, by name.
    static func clean(_ summary: MatrixSummary) -> [String] {
        summary.gauges.filter { gauge in !gauge.leaks && gauge.cells.contains { $0.low != nil } }.map {
            "\($0.probe).\($0.gauge)"
        }
    }

    /// How many cycles were made, where they are not as many as were planned.
    static func cutShort(_ summary: MatrixSummary) -> String? {
        guard summary.made < summary.planned else { return nil }
        return "\(FigureText.count(summary.made)) of \(FigureText.counted(summary.planned, "cycle")) were made."
    }
}

/// The share of leaks over the delay, around the window, in steps of equal width.
struct RaceCurve {
    /// A step of the delay.
    struct Step {
        /// Its middle, in ns.
        let middle: Double
        /// The share of its drops that leaked.
        let share: Double
        /// Its drops.
        let drops: UInt64
        /// Whether its middle lies inside the window.
        let isInside: Bool
    }

    /// The shortest delay that is shown, in ns.
    let from: Double
    /// The longest delay that is shown, in ns.
    let to: Double
    /// The steps in which something was dropped, in order.
    let steps: [Step]

    /// The curve of a search; nil where nothing was dropped.
    ///
    /// - Parameter count: how many steps there are, at most.
    init?(_ race: RaceSummary, steps count: Int) {
        guard let longest = race.shares.map(\.delay).max() else { return nil }
        let low = Double(race.window?.low?.delay ?? race.from)
        let high = Double(race.window?.high?.delay ?? max(race.to, longest))
        // A width on both sides shows where nothing leaks.
        from = max(0, low - (high - low))
        to = max(from + 1_000, race.window?.high == nil ? high : high + (high - low))
        let width = (to - from) / Double(count)
        var sums = [(leaked: Double, drops: UInt64)](repeating: (0, 0), count: count)
        for share in race.shares {
            let place = (Double(share.delay) - from) / width
            guard place >= 0, place < Double(count) else { continue }
            sums[Int(place)].leaked += share.share * Double(share.drops)
            sums[Int(place)].drops += share.drops
        }
        let start = from
        steps = sums.enumerated().compactMap { index, sum in
            guard sum.drops > 0 else { return nil }
            let middle = start + (Double(index) + 0.5) * width
            return Step(
                middle: middle,
                share: sum.leaked / Double(sum.drops),
                drops: sum.drops,
                isInside: middle >= low && middle <= high
            )
        }
    }
}
