/// A page whole in one file: no network, nothing outside it; light and dark, on a phone and on paper.
struct HTMLPage {
    /// What the page may do (CSP 3): nothing is loaded, and only its own style sheet and script apply.
    static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src '\(PageScript.hash)'; base-uri 'none'; "
        + "form-action 'none'"

    /// The title; safe text.
    let title: String
    /// What stands above the page's main part, as markup.
    let header: String
    /// The section that a reader by keyboard may skip to, with the link's words.
    let skip: (id: String, words: String)
    /// The main part, as markup.
    let main: String
    /// What stands below it, as markup.
    let footer: String

    /// The page as markup.
    func render() -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Hydrotest">
        <title>\(title)</title>
        <style>\(Style.sheet)</style>
        </head>
        <body>
        <a class="skip" href="#\(skip.id)">\(skip.words)</a>
        <div class="page">
        \(header)
        <main>
        \(main)
        </main>
        \(footer)
        </div>
        <script>\(PageScript.text)</script>
        </body>
        </html>

        """
    }

    /// The verdict, with what the reader should know of it first.
    ///
    /// - Parameters:
    ///   - sentences: markup that is safe already, a paragraph each.
    static func banner(passed: Bool, _ sentences: [String]) -> String {
        let mark = passed ? "M6 12.5l4 4 8-9" : "M7 7l10 10M17 7L7 17"
        return """
            <div class="banner \(passed ? "pass" : "fail")">
            <svg width="36" height="36" viewBox="0 0 24 24" aria-hidden="true"><path d="\(mark)" fill="none" \
            stroke="currentColor" stroke-width="2.4"/></svg>
            <div><h2>\(passed ? "Pass" : "Fail")</h2>\(sentences.map { "<p>\($0)</p>" }.joined())</div>
            </div>
            """
    }
}
