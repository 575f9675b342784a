import Record
import Verdict
import Vocabulary

/// The verdict in words.
struct VerdictText {
    /// The verdict in one word: `PASS`.
    let word: String
    /// Why, in one line.
    let reason: String

    /// The words of a document's verdict.
    init(_ document: ReportDocument) {
        word = document.verdict == .pass ? "PASS" : "FAIL"
        let reason = document.verdict == .pass ? Self.passed(document) : Self.failed(document)
        self.reason = document.record.interrupted ? "The run was cut short. " + reason : reason
    }

    private static func passed(_ document: ReportDocument) -> String {
        let count = document.thresholds.count
        let warnings = document.findings.count { $0.severity == .warning }
        let held =
            switch count {
            case 0: "No finding fails the run; no threshold was set."
            case 1: "The threshold holds, and no finding fails the run."
            default: "All \(count) thresholds hold, and no finding fails the run."
            }
        let found = ceiling(document).map { $0 + ". " + held } ?? held
        return warnings == 0 ? found : found + " \(FigureText.counted(UInt64(warnings), "warning"))."
    }

    /// What a climb found, as a sentence without its end; nil where none was made.
    private static func ceiling(_ document: ReportDocument) -> String? {
        guard document.capacity != nil, let finding = document.findings.first(where: { $0.id == "capacity" }) else {
            return nil
        }
        let title = PlainText.clean(finding.title)
        return title.prefix(1).uppercased() + title.dropFirst()
    }

    private static func failed(_ document: ReportDocument) -> String {
        let findings = document.findings.filter { $0.severity == .failure }
        let broken = document.thresholds.filter { !$0.passed }
        var parts: [String] = []
        if let first = findings.first {
            let others = findings.count > 1 ? ", and \(findings.count - 1) more" : ""
            let sentence = PlainText.clean(first.title).trimmingSuffix(".") + others
            parts.append(sentence.hasSuffix("?") ? sentence : sentence + ".")
        }
        if let first = broken.first {
            let measured = FigureText.measured(first).map { " (measured: \($0))" } ?? " (not measured)"
            let count = document.thresholds.count
            let shown = PlainText.clean(first.expression, limit: 80)
            parts.append(
                broken.count == 1
                    ? "A threshold does not hold: \(shown)\(measured)."
                    : "\(broken.count) of \(count) thresholds do not hold, first \(shown)\(measured)."
            )
        }
        return parts.joined(separator: " ")
    }
}
