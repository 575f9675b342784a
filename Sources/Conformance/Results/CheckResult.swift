import Vocabulary

/// What a check came to.
public struct CheckResult: Sendable {
    /// The results of one section.
    public struct Section: Sendable {
        /// The section.
        public let section: ConformanceSection
        /// The results of those of its cases that were judged.
        public let results: [CaseResult]
    }

    /// The target.
    public let url: TargetURL
    /// The sections in which a case was judged.
    public let sections: [Section]
    /// How long the check took, in seconds.
    public let seconds: Double
    /// Whether a signal ended the check early; cases for which it came too soon were not measured.
    public let interrupted: Bool

    /// Judges observations.
    ///
    /// - Parameter seconds: how long they took, in seconds.
    public init(_ observations: Observations, seconds: Double) {
        url = observations.options.url
        self.seconds = seconds
        interrupted = observations.wereInterrupted
        let selection = observations.options.selection
        sections = ConformanceSuite.sections.compactMap { section in
            let results = section.cases.compactMap { one -> CaseResult? in
                let number = CaseNumber(section: section.number, number: one.number)
                guard selection.contains(number, one.level) else { return nil }
                return CaseResult(number: number, test: one, outcome: one.outcome(of: observations))
            }
            return results.isEmpty ? nil : Section(section: section, results: results)
        }
    }

    /// All results, in order.
    public var results: [CaseResult] { sections.flatMap(\.results) }

    /// How many requirements of a level are broken.
    public func failures(_ level: RequirementLevel) -> Int {
        results.count { $0.test.level == level && $0.outcome.isFailure }
    }

    /// Whether no requirement is broken that a standard demands.
    public var passed: Bool { failures(.must) == 0 }
}

/// One case and what it came to.
public struct CaseResult: Sendable {
    /// The case's whole number.
    public let number: CaseNumber
    /// The case.
    public let test: ConformanceCase
    /// What it came to.
    public let outcome: Outcome
}
