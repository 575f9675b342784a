/// A table of text: the first column stands to the left, the others to the right.
struct TextTable {
    /// The headings.
    let headings: [String]
    /// The rows.
    let rows: [[String]]

    /// The lines, none wider than a width in characters; what does not fit is cut off.
    func lines(width: Int) -> [String] {
        let all = [headings] + rows.prefix(ReportLimits.rows)
        let count = all.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
        return all.map { row in
            let cells = zip(row, widths).enumerated().map { index, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + padding : padding + cell.0
            }
            return TextLayout.cut("  " + cells.joined(separator: "  "), width: width)
        }
    }
}
