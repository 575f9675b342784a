import Record
import RunProfile
import Vocabulary

/// Turns the record of a run into what is judged of it: a pure function, without I/O or a clock.
public struct Judge: Sendable {
    private let thresholds: [Threshold]
    private let leak: LeakOptions

    /// A judge that holds a run to the profile's thresholds, and the growth of its gauges to the profile's tolerance.
    public init(thresholds: [Threshold], leak: LeakOptions = LeakOptions()) {
        self.thresholds = thresholds
        self.leak = leak
    }

    /// Judges a run.
    public func judge(_ record: RunRecord) -> Judgement {
        let classifier = LeakClassifier(record: record)
        let tracer = LeakTracer(record: record)
        let classified = record.gauges.map(classifier.classify)
        let traced: [(verdict: GaugeVerdict, leaks: [Leak])] =
            if record.matrix != nil {
                MatrixJudge(record: record).traced(classified)
            } else if record.race != nil {
                RaceJudge(record: record).traced(classified)
            } else {
                classified.map { (verdict: $0, leaks: tracer.leaks(of: $0)) }
            }
        let growth = GrowthJudge(slopes: SlopeEstimator(record: record).slopes, options: leak)
        let holdsStreams = record.matrix == nil && record.race == nil
        let thresholds = thresholds.filter { holdsStreams || $0.metric.isJudgedWithoutStreams }
        let rules = FindingRules(
            record: record,
            thresholds: self.thresholds,
            traced: traced,
            tracer: tracer,
            growth: growth
        )
        let evaluator = ThresholdEvaluator(record: record, verdicts: traced.map(\.verdict), growth: growth)
        return Judgement(
            leaks: Self.ordered(traced.flatMap(\.leaks)) { $0.class.weight }.prefix(VerdictLimits.leaks).map(\.self),
            findings: Self.limited(Self.ordered(rules.findings) { $0.severity.weight }),
            thresholds: thresholds.map { threshold in
                // What a climb's last level broke is its result, not its failure: the level that held is judged.
                guard let capacity = record.capacity, threshold.metric.isJudgedByLevel else {
                    return evaluator.evaluate(threshold)
                }
                let level = capacity.held ?? capacity.levels.first
                let measure = level?.measures.first { $0.expression == threshold.expression }
                return ThresholdResult(
                    expression: threshold.expression,
                    value: measure?.value,
                    passed: measure?.held ?? false
                )
            }
        )
    }

    /// The heaviest first; equals keep their order.
    private static func ordered<Element>(_ elements: [Element], by weight: (Element) -> Int) -> [Element] {
        elements.enumerated()
            .sorted { left, right in
                let (leftWeight, rightWeight) = (weight(left.element), weight(right.element))
                return leftWeight != rightWeight ? leftWeight > rightWeight : left.offset < right.offset
            }
            .map(\.element)
    }

    private static func limited(_ findings: [Finding]) -> [Finding] {
        guard findings.count > VerdictLimits.findings else { return findings }
        let kept = findings.prefix(VerdictLimits.findings - 1)
        let left = Wording.count(UInt64(findings.count - kept.count), "finding")
        return kept + [
            Finding(
                .findingsLeftOut,
                .info,
                "\(left) left out",
                evidence: ["A run keeps at most \(VerdictLimits.findings) findings, the weightiest."]
            )
        ]
    }
}

/// Everything that was judged of a run.
public struct Judgement: Codable, Equatable, Sendable {
    /// The leaks, the worst class first.
    public var leaks: [Leak]
    /// The judged facts, the weightiest first.
    public var findings: [Finding]
    /// The thresholds, in the profile's order.
    public var thresholds: [ThresholdResult]

    /// A judgement from its parts.
    public init(leaks: [Leak], findings: [Finding], thresholds: [ThresholdResult]) {
        self.leaks = leaks
        self.findings = findings
        self.thresholds = thresholds
    }

    /// Whether the run passes: no finding is a failure and every threshold holds.
    public var passed: Bool {
        thresholds.allSatisfy(\.passed) && !findings.contains { $0.severity == .failure }
    }
}

extension Severity {
    /// How much the severity weighs, from 0 for info.
    var weight: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .failure: 2
        }
    }
}

extension FindingKind {
    /// A run had more findings than are kept.
    public static let findingsLeftOut = FindingKind(
        "findings-left-out",
        matters: "There were more findings than a report holds; the weightiest are shown.",
        look: "Mend these first, and run again."
    ) { _ in [] }
}
