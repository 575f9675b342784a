/// Colours and weights of a terminal (ECMA-48, 8.3.117), where they are asked for.
struct CheckStyle {
    /// Whether sequences are written at all.
    let color: Bool

    func bold(_ text: String) -> String { apply("1", text) }
    func dim(_ text: String) -> String { apply("2", text) }
    func good(_ text: String) -> String { apply("32", text) }
    func bad(_ text: String) -> String { apply("31", text) }
    func warning(_ text: String) -> String { apply("33", text) }

    private func apply(_ look: String, _ text: String) -> String { color ? "\u{1B}[\(look)m\(text)\u{1B}[0m" : text }
}
