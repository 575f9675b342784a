import Record
import Verdict
import Vocabulary

extension TerminalReport {
    /// The gauges of a drop matrix that leak, a table each, and the names of those that do not.
    func matrix() -> [String] {
        guard let matrix = document.matrix else { return [] }
        var lines = heading("Drop matrix") + ["  " + MatrixText.key]
        for gauge in matrix.gauges where gauge.leaks {
            let text = MatrixText(gauge)
            let name = PlainText.clean("\(gauge.probe).\(gauge.gauge)", limit: 40)
            lines += TextTable(
                headings: [name] + text.manners.map(\.rawValue),
                rows: text.stages.map { stage in
                    [stage.rawValue] + text.manners.map { text.figure(text.cell(stage, $0)) }
                }
            ).lines(width: width)
            lines += text.classes.flatMap { TextLayout.wrap($0, width: width, first: "  ", indent: "    ") }
        }
        let clean = MatrixText.clean(matrix).map { PlainText.clean($0, limit: 40) }.joined(separator: ", ")
        if !clean.isEmpty { lines += TextLayout.wrap(clean, width: width, first: "  clean: ", indent: "    ") }
        if let cutShort = MatrixText.cutShort(matrix) { lines.append("  " + cutShort) }
        return lines
    }
}
