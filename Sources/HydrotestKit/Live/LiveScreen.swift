/// Lines on a terminal that are written over in place (ECMA-48, 8.3); what is to be written out.
struct LiveScreen {
    private static let escape = "\u{1B}["
    /// The columns that each line on the screen takes.
    private var shown: [Int] = []

    /// Replaces the lines by others.
    ///
    /// - Parameter columns: the terminal's width; a line that was drawn when it was wider has been broken since.
    mutating func replace(with lines: [String], columns: Int) -> String {
        var text = home(columns: columns)
        // Each line is overwritten before its rest is erased, which does not flicker.
        for line in lines { text += line + Self.escape + "K\n" }
        shown = lines.map(Self.columns)
        return text + Self.escape + "J"
    }

    /// Takes the lines away.
    mutating func clear(columns: Int) -> String {
        guard !shown.isEmpty else { return "" }
        let text = home(columns: columns) + Self.escape + "J"
        shown = []
        return text
    }

    /// Goes to the first line.
    private func home(columns: Int) -> String {
        let rows = shown.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
        return "\r" + (rows > 0 ? "\(Self.escape)\(rows)A" : "")
    }

    /// The columns that a line takes, without its sequences.
    static func columns(_ line: String) -> Int {
        var count = 0
        var isSequence = false
        for scalar in line.unicodeScalars {
            if scalar == "\u{1B}" {
                isSequence = true
            } else if isSequence {
                isSequence = !(scalar.properties.isAlphabetic)
            } else {
                count += 1
            }
        }
        return count
    }
}
