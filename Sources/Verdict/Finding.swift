import Vocabulary

/// One judged fact with its evidence.
public struct Finding: Codable, Equatable, Sendable {
    /// What kind of fact, the same in every run: `leak`, `heartbeat-missed`, `generator-saturated`.
    public var id: String
    /// How much it weighs.
    public var severity: Severity
    /// The fact in one line.
    public var title: String
    /// What was seen, in plain words and figures; a sentence each.
    public var evidence: [String]
    /// The series' name of the gauge that it is about; nil where it is about none, and in reports of older versions.
    public var gauge: String?

    /// A finding from its parts.
    public init(id: String, severity: Severity, title: String, evidence: [String]) {
        self.id = id
        self.severity = severity
        self.title = title
        self.evidence = evidence
    }

    /// A finding of a kind.
    public init(_ kind: FindingKind, _ severity: Severity, _ title: String, evidence: [String], gauge: String? = nil) {
        self.init(id: kind.id, severity: severity, title: title, evidence: evidence)
        self.gauge = gauge
    }

    /// What kind of fact it is; nil where this version does not know it.
    public var kind: FindingKind? { FindingKind.byID[id] }
}

/// A kind of finding: its id, its rule, and what it means to somebody who has never seen this tool.
///
/// Each is declared beside its rule, and listed in ``allCases``. A finding is made of a kind, so that no report can hold
/// one that is not explained.
public struct FindingKind: Sendable {
    /// Advice on one finding, made of the general advice on its kind and of the run.
    typealias Advise = @Sendable (FindingAdvice, Finding, AdviceContext) -> FindingAdvice

    /// The word that names it, the same in every run.
    public let id: String
    /// The advice on it, whatever the run.
    package let advice: FindingAdvice
    /// The advice on one of its findings.
    fileprivate let advise: Advise
    /// Whether a server may be found so past the ceiling of a climb without failing the run.
    let isExcusedPastCeiling: Bool
    /// Its findings in a run; none where it is found elsewhere than in a run's record.
    let find: @Sendable (FindingRules) -> [Finding]

    /// A kind of which a run can have several findings.
    ///
    /// - Parameters:
    ///   - matters: why it matters, in a sentence or two.
    ///   - look: what to look at or to do next, in a sentence or two.
    init(
        _ id: String,
        matters: String,
        look: String,
        isExcusedPastCeiling: Bool = false,
        advise: @escaping Advise = { general, _, _ in general },
        find: @escaping @Sendable (FindingRules) -> [Finding]
    ) {
        self.id = id
        advice = FindingAdvice(matters: matters, look: look)
        self.advise = advise
        self.isExcusedPastCeiling = isExcusedPastCeiling
        self.find = find
    }

    /// A kind of which a run has one finding at most.
    init(
        _ id: String,
        matters: String,
        look: String,
        isExcusedPastCeiling: Bool = false,
        advise: @escaping Advise = { general, _, _ in general },
        find: @escaping @Sendable (FindingRules) -> Finding?
    ) {
        self.init(id, matters: matters, look: look, isExcusedPastCeiling: isExcusedPastCeiling, advise: advise) {
            (rules: FindingRules) -> [Finding] in
            find(rules).map { [$0] } ?? []
        }
    }
}

extension FindingKind: Hashable {
    /// Whether two kinds are one: an id names one only.
    public static func == (left: FindingKind, right: FindingKind) -> Bool { left.id == right.id }

    /// Hashes the id.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// What a finding means to somebody who has never seen this tool.
package struct FindingAdvice: Equatable, Sendable {
    /// Why it matters, in a sentence or two.
    package let matters: String
    /// What to look at or to do next, in a sentence or two.
    package let look: String
}

/// What of a run the advice on a finding may depend on.
package struct AdviceContext: Sendable {
    /// The leaks, the worst class first.
    let leaks: [Leak]
    /// The stage that the search for a race went by; nil where it found none, or none was made.
    let raceStage: Stage?
    /// The manner of that search; nil where none was made.
    let raceManner: Manner?

    /// A context from its parts.
    package init(leaks: [Leak], raceStage: Stage? = nil, raceManner: Manner? = nil) {
        self.leaks = leaks
        self.raceStage = raceStage
        self.raceManner = raceManner
    }
}

extension Finding {
    /// What it means and what to look at; nil where it is of a kind that this version does not know.
    package func advice(in context: AdviceContext) -> FindingAdvice? {
        kind.map { $0.advise($0.advice, self, context) }
    }
}
