import Record
import Verdict
import Vocabulary

extension HTMLReport {
    /// The drop matrix, a heat map for each gauge that leaks; nil where none was made.
    func matrixSection() -> HTMLSection? {
        guard let matrix = document.matrix else { return nil }
        let clean = MatrixText.clean(matrix)
        let rest =
            clean.isEmpty
            ? "" : "<p class=\"more\">Clean: \(HTMLEscaping.escape(clean.joined(separator: ", ")))</p>"
        let cutShort = MatrixText.cutShort(matrix).map { "<p class=\"more\">\($0)</p>" } ?? ""
        return HTMLSection(
            id: "matrix",
            title: "Drop matrix",
            lead: "Each stage and manner was tried alone, several times in a random order: \(MatrixText.key). "
                + "The stronger the colour, the more; below each figure stands what becomes of it.",
            body: matrix.gauges.filter(\.leaks).map(heatMap).joined() + rest + cutShort
        )
    }

    private func heatMap(_ gauge: MatrixGauge) -> String {
        let text = MatrixText(gauge)
        let name = "\(gauge.gauge) (\(gauge.probe))"
        let table = HTMLTable(
            caption: "Leaked per 1,000 drops: \(name)",
            columns: [.text("Stage")] + text.manners.map { .figure($0.rawValue) },
            rows: text.stages.map { stage in
                [.code(stage.rawValue)] + text.manners.map { heatCell(text, text.cell(stage, $0)) }
            }
        )
        return "<h3>\(HTMLEscaping.escape(name))</h3>" + table.render()
    }

    /// The number says it without the colour, and the class stands below it.
    private func heatCell(_ text: MatrixText, _ cell: MatrixGauge.Cell?) -> HTMLTable.Cell {
        guard let cell else { return .absent }
        let tip = HTMLEscaping.escape(text.sentence(cell))
        guard cell.leaks else { return .markup("<span title=\"\(tip)\">\(MatrixText.clean)</span>", class: "zero") }
        let shade = Palette.shade(
            UInt64(max(1, min(cell.per1000Drops, 1e18))),
            of: UInt64(max(1, min(text.largest, 1e18)))
        )
        return .markup(
            "<span title=\"\(tip)\">\(HTMLEscaping.escape(text.figure(cell)))<br><small>\(cell.class.rawValue)</small></span>",
            class: "heat h\(shade)"
        )
    }
}
