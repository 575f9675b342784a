extension TerminalReport {
    /// How closed streams came back.
    func reconnects() -> [String] {
        guard let reconnect = document.reconnect, !reconnect.closed.isEmpty else { return [] }
        let text = ReconnectText(reconnect: reconnect)
        let figures = text.pairs.map { "\($0.0.prefix(1).lowercased() + $0.0.dropFirst()) \($0.1)" }
        return heading("Reconnects")
            + TextLayout.wrap(figures.joined(separator: "; "), width: width, first: "  ", indent: "  ")
            + text.drops.flatMap { TextLayout.wrap($0, width: width, first: "  ", indent: "  ") }
    }
}
