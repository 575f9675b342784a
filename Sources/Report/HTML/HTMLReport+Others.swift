import Record
import Vocabulary

extension HTMLReport {
    /// What ordinary requests saw; nil where none were made.
    func bystandersSection() -> HTMLSection? {
        guard let bystanders = document.bystanders, !bystanders.isEmpty else { return nil }
        let text = BystanderText(bystanders)
        return HTMLSection(
            id: "bystanders",
            title: "Bystanders",
            lead: "Ordinary requests to other endpoints, before the streams, beside them, and after them; "
                + "each counts from its scheduled moment.",
            body: Self.table("Bystanders", text.headings, text.rows)
        )
    }

    /// What became of stalled connections; nil where none stalled.
    func stallsSection() -> HTMLSection? {
        guard let stalls = document.stalls, !stalls.isEmpty else { return nil }
        let text = StallText(stalls)
        return HTMLSection(
            id: "stalls",
            title: "Stalled connections",
            lead: "Connections that went silent and stayed open: whether the server ended them, and when.",
            body: Self.table("Stalled connections", text.headings, text.rows)
        )
    }

    /// A table of texts, the first column the name of each row.
    static func table(_ caption: String, _ headings: [String], _ rows: [[String]]) -> String {
        func capital(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
        return HTMLTable(
            caption: caption,
            columns: headings.enumerated().map { index, heading in
                index == 0 ? .text(capital(heading)) : .figure(capital(heading))
            },
            rows: rows.map { row in
                row.enumerated().map { index, cell in
                    index == 0 ? .code(cell) : cell == "–" ? .absent : .text(cell)
                }
            }
        ).render()
    }

    /// Sentences, one below the other; nothing where there are none.
    static func list(_ sentences: [String]) -> String {
        guard !sentences.isEmpty else { return "" }
        return "<ul>" + sentences.map { "<li>\(HTMLEscaping.escape($0))</li>" }.joined() + "</ul>"
    }
}
