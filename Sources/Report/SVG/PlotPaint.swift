/// How plotted things look where the style sheet does not apply: a strict policy may take it away.
///
/// The colours stand out on white and on black; the style sheet, where it applies, has better ones for each.
enum PlotPaint {
    /// The colours of lines.
    static let lines = ["#2285a8", "#cf6a2a", "#8a6fd6", "#33945f", "#c9509a", "#7d8b9a"]
    /// The dashes of lines: colour alone must not tell them apart.
    static let dashes = ["", "7 3", "2 2.5", "9 3 2 3", "14 4", "1 3"]
    /// The colour of what is late, or of a bound.
    static let mark = "#d64a3f"

    /// The attributes of a thing, with a leading space; by its class.
    static func attributes(_ name: String) -> String {
        let words = name.split(separator: " ")
        let line = words.last.flatMap { word in Palette.lines.firstIndex { $0 == word } }
        return switch words.first {
        case "grid", "lead": " stroke=\"currentColor\" stroke-opacity=\".2\""
        case "axis": " stroke=\"currentColor\" stroke-opacity=\".5\""
        case "base": " stroke=\"\(mark)\" stroke-dasharray=\"4 3\""
        case "b0": " fill=\"currentColor\" fill-opacity=\".1\""
        case "b1": " fill=\"currentColor\" fill-opacity=\".04\""
        case "area": " fill=\"\(lines[0])\" fill-opacity=\".12\""
        case "bar": " fill=\"\(words.count > 1 ? mark : lines[0])\""
        case "line": line.map { " fill=\"none\" stroke=\"\(lines[$0])\" stroke-width=\"1.8\"\(dash($0))" } ?? ""
        case "dot": line.map { " fill=\"\(lines[$0])\"" } ?? ""
        case "ly": " text-anchor=\"end\""
        case "lx": " text-anchor=\"middle\""
        case "lb": words.count > 1 ? " text-anchor=\"end\"" : ""
        default: ""
        }
    }

    /// A sample of a line, for a legend or a table.
    static func swatch(_ index: Int) -> String {
        let name = "line \(Palette.line(index))"
        return "<svg class=\"swatch\" width=\"28\" height=\"8\" viewBox=\"0 0 28 8\" aria-hidden=\"true\">"
            + "<path class=\"\(name)\" d=\"M0 4L28 4\"\(attributes(name))/></svg> "
    }

    private static func dash(_ index: Int) -> String {
        dashes[index].isEmpty ? "" : " stroke-dasharray=\"\(dashes[index])\""
    }
}

/// The classes that give plotted things their colours; the colours themselves stand in the style sheet, light and dark.
enum Palette {
    /// The classes of lines and swatches.
    static let lines = ["c1", "c2", "c3", "c4", "c5", "c6"]
    /// The shades of a heat table, from none to most.
    static let shades = 6

    /// A line's class; they come round again after the last.
    static func line(_ index: Int) -> String { lines[index % lines.count] }

    /// A count's shade on a logarithmic scale: 0 for none, ``shades`` for the largest.
    static func shade(_ count: UInt64, of largest: UInt64) -> Int {
        guard count > 0, largest > 0 else { return 0 }
        let share =
            Double(count.bitWidth - count.leadingZeroBitCount) / Double(largest.bitWidth - largest.leadingZeroBitCount)
        return min(max(Int((share * Double(shades)).rounded()), 1), shades)
    }
}
