/// A part of the page with its heading.
struct HTMLSection {
    /// The anchor.
    let id: String
    /// The heading.
    let title: String
    /// What the part shows, in a sentence; safe text.
    var lead = ""
    /// The part itself, as markup.
    let body: String

    /// The part as markup.
    func render() -> String {
        let sentence = lead.isEmpty ? "" : "<p class=\"lead-in\">\(HTMLEscaping.escape(lead))</p>"
        return
            "<section id=\"\(id)\" aria-labelledby=\"\(id)-h\"><h2 id=\"\(id)-h\">\(title)</h2>\(sentence)\n\(body)</section>"
    }
}
