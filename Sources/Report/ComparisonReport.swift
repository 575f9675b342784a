import Comparison
import FoundationEssentials
import Vocabulary

/// A comparison as data.
public struct ComparisonDocument: Codable, Equatable, Sendable {
    /// The version of this document's form.
    public static let currentSchema = "hydrotest.comparison/1"

    /// The document's version.
    public var schema = ComparisonDocument.currentSchema
    /// Whether a condition fails the comparison.
    public var failed: Bool
    /// The run that is compared with.
    public var base: RunComparison.Run
    /// The run that is compared.
    public var new: RunComparison.Run
    /// What makes the runs unlike before any server is asked.
    public var notes: [String]
    /// Every figure side by side.
    public var figures: [FigureChange]
    /// What the conditions came to.
    public var conditions: [FailResult]

    /// The document of a comparison and what its conditions came to.
    public init(_ comparison: RunComparison, results: [FailResult]) {
        failed = results.contains(where: \.failed)
        base = comparison.base
        new = comparison.new
        notes = comparison.notes
        figures = comparison.changes
        conditions = results
    }

    /// The document as JSON, in UTF-8.
    ///
    /// - Throws: `EncodingError` where a value cannot be written.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys, .prettyPrinted]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }
}

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

/// A comparison as one page that needs no network.
public struct HTMLComparison: Sendable {
    private let comparison: RunComparison
    private let results: [FailResult]

    /// The page of a comparison and what its conditions came to.
    public init(_ comparison: RunComparison, results: [FailResult]) {
        self.comparison = comparison
        self.results = results
    }

    /// The page; all text from the records is escaped.
    public func render() -> String {
        let text = ComparisonText(comparison)
        let failed = results.contains(where: \.failed)
        let name = HTMLEscaping.escape(comparison.new.profile)
        return HTMLPage(
            title: "Comparison: \(name) – Hydrotest",
            header: "<header><p class=\"brand\">Hydrotest</p><h1>Comparison: \(name)</h1></header>",
            skip: (id: "figures", words: "Skip to the figures"),
            main: HTMLPage.banner(passed: !failed, [HTMLEscaping.escape(text.summary(results), limit: 800)])
                + sections(text).map { $0.render() }.joined(separator: "\n"),
            footer: "<footer><p>\(HTMLEscaping.escape(ComparisonText.key)).</p></footer>"
        ).render()
    }

    private func sections(_ text: ComparisonText) -> [HTMLSection] {
        let list = { (items: [String]) in
            items.isEmpty ? "" : "<ul>\(items.map { "<li>\(HTMLEscaping.escape($0))</li>" }.joined())</ul>"
        }
        let runs = [
            "Base: \(ComparisonText.run(comparison.base))", "New: \(ComparisonText.run(comparison.new))",
        ]
        let conditions = HTMLTable(
            caption: "Conditions",
            columns: [.text("Condition"), .text("Result")],
            rows: results.map { result in
                [
                    .text(text.sentence(result)),
                    result.failed ? .markup("✗ fails", class: "no") : .markup("✓ holds", class: "ok"),
                ]
            }
        )
        let figures = HTMLTable(
            caption: "Figures",
            columns: [.text("Figure"), .figure("Base"), .figure("New"), .figure("Change"), .text("Beyond noise")],
            rows: text.rows.map { row in
                [
                    .code(row.name), .text(row.base), .text(row.new), .text(row.change),
                    row.isWorse
                        ? .markup(HTMLEscaping.escape(row.word), class: "no")
                        : row.isBetter ? .markup(HTMLEscaping.escape(row.word), class: "ok") : .text(row.word),
                ]
            }
        )
        return [HTMLSection(id: "runs", title: "Runs", body: list(runs + comparison.notes))]
            + (results.isEmpty ? [] : [HTMLSection(id: "conditions", title: "Conditions", body: conditions.render())])
            + [HTMLSection(id: "figures", title: "Figures", body: figures.render())]
    }
}

/// A comparison as a page of Markdown for a pull request.
public struct MarkdownComparison: Sendable {
    private let comparison: RunComparison
    private let results: [FailResult]

    /// The page of a comparison and what its conditions came to.
    public init(_ comparison: RunComparison, results: [FailResult]) {
        self.comparison = comparison
        self.results = results
    }

    /// The page; all text from the records is escaped.
    public func render() -> String {
        let text = ComparisonText(comparison)
        let failed = results.contains(where: \.failed)
        let conditions = results.map { "- \($0.failed ? "❌" : "✅") \(MarkdownText.escape(text.sentence($0)))\n" }
        let notes = comparison.notes.map { "- \(MarkdownText.escape($0))\n" }
        let rows = text.rows
        let changed = rows.filter { $0.isWorse || $0.isBetter }
        let parts = [
            "## \(failed ? "❌" : "✅") Comparison: \(MarkdownText.escape(comparison.new.profile, limit: 120))\n\n"
                + MarkdownText.escape(text.summary(results), limit: 800) + "\n",
            conditions.joined(),
            "- base: \(MarkdownText.escape(ComparisonText.run(comparison.base)))\n"
                + "- new: \(MarkdownText.escape(ComparisonText.run(comparison.new)))\n" + notes.joined(),
            changed.isEmpty ? "" : "### Beyond the noise\n\n" + table(changed),
            "<details><summary>Every figure</summary>\n\n" + table(rows) + "\n</details>\n",
            "<sub>\(MarkdownText.escape(ComparisonText.key))</sub>\n",
        ]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func table(_ rows: [ComparisonText.Row]) -> String {
        MarkdownText.table(
            ["figure", "base", "new", "change", ""],
            rows.map { row in
                let mark = row.isWorse ? "❌ " : row.isBetter ? "✅ " : ""
                return [
                    MarkdownText.code(row.name), MarkdownText.escape(row.base), MarkdownText.escape(row.new),
                    MarkdownText.escape(row.change), mark + MarkdownText.escape(row.word),
                ]
            }
        )
    }
}

/// A comparison as text for a terminal.
public struct TerminalComparison: Sendable {
    private let comparison: RunComparison
    private let results: [FailResult]
    private let width: Int
    private let style: TerminalStyle

    /// The text of a comparison.
    ///
    /// - Parameters:
    ///   - results: what its conditions came to.
    ///   - width: the terminal's width in characters; at least ``TerminalReport/narrowest`` is used.
    ///   - color: whether colours are written.
    public init(_ comparison: RunComparison, results: [FailResult], width: Int, color: Bool) {
        self.comparison = comparison
        self.results = results
        self.width = max(width, TerminalReport.narrowest)
        style = TerminalStyle(color: color)
    }

    /// The text, each line ended; nothing from the records can move the cursor or change a colour.
    public func render() -> String {
        let text = ComparisonText(comparison)
        var lines = TextLayout.wrap(text.summary(results), width: width)
        lines[0] = style.apply(.bold, results.contains(where: \.failed) ? .bad : .good, to: lines[0])
        lines += ["base  \(ComparisonText.run(comparison.base))", "new   \(ComparisonText.run(comparison.new))"]
            .map { TextLayout.cut($0, width: width) }
        lines += comparison.notes.flatMap {
            TextLayout.wrap(PlainText.clean($0), width: width, first: "note  ", indent: "      ")
        }
        let rows = text.rows
        var table = TextTable(
            headings: ["figure", "base", "new", "", "change"],
            rows: rows.map { [$0.name, $0.base, $0.new, $0.word, $0.share] }
        ).lines(width: width)
        table[0] = style.apply(.dim, to: table[0])
        for (index, row) in zip(table.indices.dropFirst(), rows) where row.isWorse || row.isBetter {
            table[index] = style.apply(row.isWorse ? .bad : .good, to: table[index])
        }
        lines += [""] + table
        if !results.isEmpty {
            lines += [""]
            lines += results.map { result in
                let mark = style.apply(result.failed ? .bad : .good, to: result.failed ? "✗" : "✓")
                return "  \(mark) " + TextLayout.cut(text.sentence(result), width: width - 4)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
