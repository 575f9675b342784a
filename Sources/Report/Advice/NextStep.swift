import Verdict
import Vocabulary

/// What a reader should do first; in one or two sentences.
struct NextStep {
    /// The step.
    let text: String

    /// The step that a failed run asks for; nil where it passed, or nothing is known.
    init?(_ document: ReportDocument) {
        guard document.verdict == .fail else { return nil }
        if let finding = document.findings.first(where: { $0.severity == .failure }) {
            guard let advice = FindingAdvice(finding, in: document) else { return nil }
            text = advice.look.replacing("`", with: "")
        } else {
            text = "Look at Thresholds for what was measured, and at the plots for when it left its bounds."
        }
    }
}
