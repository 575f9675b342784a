/// Colours and weights of a terminal (ECMA-48, 8.3.117), where they are asked for.
package struct TerminalStyle {
    /// What can be told apart.
    package enum Look: String {
        /// Weighty.
        case bold = "1"
        /// Less important.
        case dim = "2"
        /// As hoped.
        case good = "32"
        /// Not as hoped.
        case bad = "31"
        /// Worth a look.
        case warning = "33"
    }

    /// Whether sequences are written at all.
    package let color: Bool

    /// A style, with or without sequences.
    package init(color: Bool) { self.color = color }

    /// Text in a look.
    package func apply(_ looks: Look..., to text: String) -> String {
        guard color, !text.isEmpty else { return text }
        return "\u{1B}[\(looks.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
    }
}
