import RunProfile
import Vocabulary

/// What a run is judged by, as a journal keeps it: a recovered record is judged as the run itself would have been.
public struct JournalTerms: Codable, Equatable, Sendable {
    private struct Term: Codable, Equatable {
        let expression: String
        let scenario: String?
        let metric: String
        let comparison: String
        let bound: Double
    }

    private let terms: [Term]
    private let tolerance: Double
    private let byteTolerance: Double?

    /// The terms of a profile.
    public init(thresholds: [Threshold], leak: LeakOptions) {
        terms = thresholds.map {
            Term(
                expression: $0.expression,
                scenario: $0.scenario,
                metric: $0.metric.name,
                comparison: $0.comparison.rawValue,
                bound: $0.bound
            )
        }
        tolerance = leak.tolerance
        byteTolerance = leak.byteTolerance
    }

    /// The thresholds; one of a metric that this version does not know is left out.
    public var thresholds: [Threshold] {
        terms.compactMap { term in
            guard let metric = ThresholdMetric.all.first(where: { $0.name == term.metric }),
                let comparison = Threshold.Comparison(rawValue: term.comparison)
            else { return nil }
            return Threshold(
                expression: term.expression,
                scenario: term.scenario,
                metric: metric,
                comparison: comparison,
                bound: term.bound
            )
        }
    }

    /// What growth is tolerated.
    public var leak: LeakOptions {
        var options = LeakOptions()
        options.tolerance = tolerance
        options.byteTolerance = byteTolerance
        return options
    }
}
