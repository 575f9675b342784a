/// A figure over time in one line of text, in eight heights of a block.
enum Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// The line of values; one that is missing is a space.
    ///
    /// - Parameter base: the value of the lowest block; nil for the least of the values.
    static func text(_ values: [Double?], base: Double? = 0) -> String {
        let known = values.compactMap(\.self).filter(\.isFinite)
        let low = base ?? known.min() ?? 0
        let high = known.max() ?? low
        return String(
            values.map { value in
                guard let value, value.isFinite else { return " " }
                guard high > low, value > low else { return blocks[0] }
                let height = ((value - low) / (high - low) * Double(blocks.count)).rounded(.up)
                return blocks[min(max(Int(height), 1), blocks.count) - 1]
            }
        )
    }
}
