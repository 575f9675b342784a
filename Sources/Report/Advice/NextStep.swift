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
            guard let advice = document.advice(on: finding) else { return nil }
            text = advice.look.replacing("`", with: "")
        } else {
            text = "Look at Thresholds for what was measured, and at the plots for when it left its bounds."
        }
    }
}

extension ReportDocument {
    /// What a finding means here and what to look at; nil where it is of a kind that this version does not know.
    func advice(on finding: Finding) -> FindingAdvice? {
        finding.advice(in: AdviceContext(leaks: leaks, raceStage: race?.stage, raceManner: race?.manner))
    }

    /// What was seen of a finding, and of a failure what to do about it, a sentence each.
    func sentences(_ finding: Finding) -> [String] {
        let seen = Array(finding.evidence.prefix(ReportLimits.evidence))
        guard finding.severity == .failure, let advice = advice(on: finding) else { return seen }
        return seen + [advice.look.replacing("`", with: "")]
    }
}
