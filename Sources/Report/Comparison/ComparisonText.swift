import Comparison
import Vocabulary

/// A comparison in words and figures.
struct ComparisonText {
    /// A row of the table.
    struct Row {
        /// The figure's name.
        let name: String
        /// The base's figure; a dash where it was not measured.
        let base: String
        /// The new run's figure; a dash where it was not measured.
        let new: String
        /// The change, in its unit and as a share; empty where there is none.
        let change: String
        /// The change as a share, where it is one, else in its unit: for where there is little room.
        let share: String
        /// Whether the change is beyond the noise, and welcome.
        let word: String
        /// Whether the change is unwelcome and not known to be chance.
        let isWorse: Bool
        /// Whether the change is welcome and not known to be chance.
        let isBetter: Bool
    }

    /// How the noise is told from a change, for those who ask.
    static let key =
        "beyond noise: a 95% interval of the change leaves out zero, estimated from the two runs' own counts; what differs "
        + "from run to run, such as other work of the machine, shows only when both are repeated"

    private let comparison: RunComparison

    /// The words of a comparison.
    init(_ comparison: RunComparison) { self.comparison = comparison }

    /// A row for each figure.
    var rows: [Row] {
        comparison.changes.map { change in
            Row(
                name: PlainText.clean(change.name, limit: 80),
                base: change.base.map { Self.figure($0.value, change.unit) } ?? "–",
                new: change.new.map { Self.figure($0.value, change.unit) } ?? "–",
                change: Self.change(change),
                share: Self.share(change) ?? Self.change(change),
                word: Self.word(change),
                isWorse: change.isWorse && change.noise == .beyond,
                isBetter: change.isBetter && change.noise == .beyond
            )
        }
    }

    /// What it came to, in a sentence.
    func summary(_ results: [FailResult]) -> String {
        let rows = rows
        let counts =
            "\(rows.count(where: \.isWorse)) worse and \(rows.count(where: \.isBetter)) better beyond the noise, "
            + "of \(FigureText.counted(UInt64(rows.count), "figure"))."
        let failed = results.filter(\.failed)
        if let first = failed.first {
            let more = failed.count > 1 ? ", and \(failed.count - 1) more" : ""
            return "Regression: \(sentence(first))\(more). \(counts)"
        }
        return (results.isEmpty ? "" : "No condition fails the comparison. ") + counts
    }

    /// What a condition came to, in a sentence without its end.
    func sentence(_ result: FailResult) -> String {
        let name = PlainText.clean(result.figure, limit: 80)
        let change = comparison.changes.first { $0.name == result.figure }.map(Self.change) ?? ""
        let what =
            switch result.reason {
            case .holds: "\(name) changed by \(change)"
            case .noise: "\(name) changed by \(change), within the noise of the two runs"
            case .past: "\(name) changed by \(change)"
            case .notMeasured: "\(name) was not measured in the new run"
            case .noBase: "\(name) was not measured in the base"
            }
        return "\(PlainText.clean(result.expression, limit: 80)): \(what)"
    }

    /// A run in a line.
    static func run(_ run: RunComparison.Run) -> String {
        let name = PlainText.clean(run.profile, limit: 80)
        return "\(name), \(FigureText.moment(run.started)), ran \(FigureText.seconds(run.seconds)), "
            + (run.passed ? "PASS" : "FAIL")
    }

    private static func word(_ change: FigureChange) -> String {
        let side = change.isWorse ? "worse" : change.isBetter ? "better" : "changed"
        return switch change.noise {
        case nil: change.new == nil ? "not measured" : "new"
        case .same: "same"
        case .within: "noise"
        case .beyond: side
        case .unknown: "\(side)?"
        }
    }

    private static func change(_ change: FigureChange) -> String {
        guard let difference = change.change else { return "" }
        guard difference != 0 else { return "0" }
        let sign = difference > 0 ? "+" : "−"
        let size =
            change.unit == .share
            ? NumberText.threeDigits(abs(difference) * 100) + " pp" : figure(abs(difference), change.unit)
        return sign + size + (share(change).map { " (\($0))" } ?? "")
    }

    private static func share(_ change: FigureChange) -> String? {
        guard let relative = change.relative, relative != 0 else { return nil }
        return "\(relative > 0 ? "+" : "−")\(NumberText.threeDigits(abs(relative) * 100))%"
    }

    private static func figure(_ value: Double, _ unit: Figure.Unit) -> String {
        switch unit {
        case .nanoseconds: FigureText.value(value, unit: "ns")
        case .seconds: FigureText.seconds(value)
        case .bytes: NumberText.bytes(value)
        case .share: FigureText.share(value)
        case .count: FigureText.number(value)
        }
    }
}
