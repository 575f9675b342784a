import Yams

extension SyntaxProblem {
    /// What the YAML parser found wrong with a text.
    init(_ error: any Error, in text: String) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            self.init(context: context?.text, problem: problem, mark: mark, in: text)
        case .composer(_, let problem, let mark, _) where problem.contains("another document"):
            self.init(
                line: mark.line,
                column: mark.column,
                problem: "a second document",
                expectation: "one document in a profile"
            )
        case .composer(let context, let problem, let mark, _):
            self.init(context: context?.text, problem: problem, mark: mark, in: text)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.prefix(10).map(Quotation.quote).joined(separator: ", ")
            self.init(
                line: max(1, context.mark.line),
                column: max(1, context.mark.column),
                problem: duplicates.count == 1 ? "duplicate key \(names)" : "duplicate keys \(names)",
                expectation: "each key of a map once"
            )
        default:
            self.init(line: 1, column: 1, problem: "not valid YAML")
        }
    }

    private init(context: String?, problem: String, mark: Mark, in text: String) {
        let reason = [context, problem].compactMap(\.self).joined(separator: ", ")
        self.init(
            line: mark.line,
            column: mark.column,
            problem: "not valid YAML (\(reason))",
            expectation: Self.isTab(at: mark, in: text) ? "spaces in place of a tab" : nil
        )
    }

    private static func isTab(at mark: Mark, in text: String) -> Bool {
        let lines = text.unicodeScalars.split(separator: "\n", maxSplits: mark.line, omittingEmptySubsequences: false)
        guard mark.line >= 1, mark.line <= lines.count else { return false }
        return lines[mark.line - 1].dropFirst(max(0, mark.column - 1)).first == "\t"
    }
}
