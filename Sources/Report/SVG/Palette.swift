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
