import Record
import Vocabulary

extension TerminalReport {
    /// The errors with their faces; their counts alone where a record of an older version has no more.
    func errors() -> [String] {
        guard !document.errors.isEmpty else { return [] }
        guard let text = ErrorText(document) else {
            let sorted = document.errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let rows = sorted.map { [PlainText.clean($0.key, limit: 60), FigureText.count($0.value)] }
            return heading("Errors") + TextTable(headings: [], rows: rows).lines(width: width).dropFirst()
        }
        let rows = text.rows.map { row in [PlainText.clean(row[0], limit: 60)] + row.dropFirst() }
        return table("Errors", text.headings, rows)
            + text.sentences.flatMap { TextLayout.wrap(PlainText.clean($0), width: width, first: "  ", indent: "    ") }
    }

    /// What ordinary requests beside the streams saw.
    func bystanders() -> [String] {
        guard let bystanders = document.bystanders, !bystanders.isEmpty else { return [] }
        let text = BystanderText(bystanders)
        return table("Bystanders", text.headings, text.rows)
    }

    /// What became of stalled connections.
    func stalls() -> [String] {
        guard let stalls = document.stalls, !stalls.isEmpty else { return [] }
        let text = StallText(stalls)
        return table("Stalled connections", text.headings, text.rows)
    }
}
