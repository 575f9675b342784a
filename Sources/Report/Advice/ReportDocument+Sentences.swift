import Verdict
import Vocabulary

extension ReportDocument {
    /// What was seen of a finding, and of a failure what to do about it, a sentence each.
    func sentences(_ finding: Finding) -> [String] {
        let seen = Array(finding.evidence.prefix(ReportLimits.evidence))
        guard finding.severity == .failure, let advice = FindingAdvice(finding, in: self) else { return seen }
        return seen + [advice.look.replacing("`", with: "")]
    }
}
