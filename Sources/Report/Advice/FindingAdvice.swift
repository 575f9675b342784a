import Verdict

/// What a finding means to somebody who has never seen this tool.
package struct FindingAdvice: Equatable, Sendable {
    /// Why it matters, in a sentence or two.
    package let matters: String
    /// What to look at or to do next, in a sentence or two.
    package let look: String

    /// The advice on a finding of a document; nil where the finding is of a kind that this version does not know.
    init?(_ finding: Finding, in document: ReportDocument) {
        guard let kind = finding.kind else { return nil }
        let general = Self.of(kind)
        switch kind {
        case .leak:
            // Reports of older versions tell the gauge in the title only.
            let leaks = document.leaks.filter { leak in
                finding.gauge.map { $0 == "\(leak.probe).\(leak.gauge)" } ?? finding.title.hasPrefix("\(leak.gauge): ")
            }
            self.init(
                matters: leaks.first.map { LeakAdvice.matters($0.class) } ?? general.matters,
                look: leaks.isEmpty ? general.look : LeakAdvice.look(leaks)
            )
        case .raceWindow:
            let look = document.race?.stage.map { LeakAdvice.place($0, document.race?.manner) + " " + general.look }
            self.init(matters: general.matters, look: look ?? general.look)
        default: self = general
        }
    }

    /// An advice from its parts.
    init(matters: String, look: String) {
        self.matters = matters
        self.look = look
    }
}
