import Record
import Verdict
import Vocabulary

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
