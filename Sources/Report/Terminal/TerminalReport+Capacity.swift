import Record

extension TerminalReport {
    /// The levels of a climb, the last ones where they are many.
    func capacity() -> [String] {
        guard let levels = document.capacity?.levels, !levels.isEmpty else { return [] }
        let text = LevelText(levels.suffix(ReportLimits.levels), isBrief: true)
        let left = levels.count - text.rows.count
        return table("Capacity", text.headings, text.rows)
            + (left > 0 ? ["  and \(left) lower levels that held"] : [])
    }
}
