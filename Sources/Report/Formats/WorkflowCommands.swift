import Verdict
import Vocabulary

/// A report's findings and broken thresholds as GitHub's workflow commands, which become annotations of the job.
public struct WorkflowCommands: Sendable {
    /// The annotations of one kind that GitHub shows for a step; further ones it would drop unsaid.
    public static let mostOfAKind = 10

    private let document: ReportDocument

    /// The commands of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The commands, one a line: `::error title=…::…`.
    public func lines() -> [String] {
        let broken = document.thresholds.filter { !$0.passed }.map { result in
            let measured = FigureText.measured(result).map { "measured: \($0)" } ?? "not measured"
            return command("error", title: "threshold", [result.expression, measured])
        }
        let findings = { (severity: Severity, word: String) in
            document.findings.filter { $0.severity == severity }.map { finding in
                command(word, title: finding.id, [finding.title] + document.sentences(finding))
            }
        }
        return limited(findings(.failure, "error") + broken, "error")
            + limited(findings(.warning, "warning"), "warning")
    }

    private func limited(_ lines: [String], _ word: String) -> [String] {
        guard lines.count > Self.mostOfAKind else { return lines }
        let kept = lines.prefix(Self.mostOfAKind - 1)
        return kept + [command(word, title: "more", ["and \(lines.count - kept.count) more, in the report"])]
    }

    private func command(_ word: String, title: String, _ sentences: [String]) -> String {
        let name = "\(PlainText.clean(document.profile, limit: 80)): \(PlainText.clean(title, limit: 80))"
        let text = sentences.map { Self.escape(PlainText.clean($0)) }.joined(separator: "%0A")
        return "::\(word) title=\(Self.escapeProperty(name))::\(text)"
    }

    private static func escape(_ text: String) -> String {
        text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    private static func escapeProperty(_ text: String) -> String {
        escape(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
