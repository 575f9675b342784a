import Vocabulary

/// The results of a check for people.
public struct CheckText {
    private let style: CheckStyle
    private let width: Int

    /// A renderer.
    ///
    /// - Parameters:
    ///   - color: whether the terminal shows colours.
    ///   - width: the terminal's width, in characters.
    public init(color: Bool, width: Int = 100) {
        style = CheckStyle(color: color)
        self.width = width
    }

    /// The lines of a result: every case, and the summary last.
    public func lines(_ result: CheckResult) -> [String] {
        var lines: [String] = []
        for section in result.sections {
            lines.append(style.bold("\(section.section.number) \(section.section.title)"))
            for one in section.results { lines += self.lines(one) }
            lines.append("")
        }
        return lines + [summary(result)]
    }

    private func lines(_ result: CaseResult) -> [String] {
        let name = "\(result.number) \(result.test.title)"
        switch result.outcome {
        case .passed: return ["  \(style.good("✓")) \(name)"]
        case .notApplicable(let reason), .notMeasured(let reason):
            return ["  \(style.dim("– \(name): \(reason)"))"]
        case .failed(let expected, let actual):
            let mark = result.test.level == .must ? style.bad("✗") : style.warning("✗")
            var lines = ["  \(mark) \(name) (\(result.test.level.rawValue))"]
            for text in ["expected: \(expected)", "actual:   \(actual)", "sent:     \(result.test.sent)"] {
                lines += wrap(text)
            }
            return lines + wrap("\(result.test.source): \(result.test.requirement)").map(style.dim)
        }
    }

    /// The last line.
    private func summary(_ result: CheckResult) -> String {
        let counts = Dictionary(grouping: result.results, by: \.outcome.word).mapValues(\.count)
        let broken = RequirementLevel.allCases.compactMap { level -> String? in
            let count = result.failures(level)
            return count > 0 ? "\(count) \(level.rawValue)" : nil
        }
        let parts = ["passed", "failed", "not applicable", "not measured"].map { word -> String in
            let levels = word == "failed" && !broken.isEmpty ? " (\(broken.joined(separator: ", ")))" : ""
            return "\(counts[word] ?? 0) \(word)\(levels)"
        }
        let time = DurationText.format(Nanoseconds(seconds: result.seconds))
        let untold = result.interrupted ? style.warning("interrupted") : style.good("pass")
        let verdict = result.passed ? untold : style.bad(result.interrupted ? "fail, interrupted" : "fail")
        return "\(verdict): \(parts.joined(separator: ", ")), in \(time)"
    }

    /// Every case with what it sends and requires.
    public func list() -> [String] {
        var lines: [String] = []
        for section in ConformanceSuite.sections {
            lines.append(style.bold("\(section.number) \(section.title)"))
            for one in section.cases {
                lines.append("  \(section.number).\(one.number) \(one.title) (\(one.level.rawValue))")
                lines += wrap("sent: \(one.sent)")
                lines += wrap("\(one.source): \(one.requirement)")
            }
            lines.append("")
        }
        return lines
    }

    /// A text in indented lines.
    private func wrap(_ text: String) -> [String] {
        let indent = "      "
        var lines: [String] = []
        var line = indent
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if line.count + word.count > width, line != indent {
                lines.append(line)
                line = indent
            }
            line += (line == indent ? "" : " ") + word
        }
        return lines + [line]
    }
}

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
