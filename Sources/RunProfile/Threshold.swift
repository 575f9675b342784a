import Vocabulary

/// One expression that the run must hold: `connect.p99 < 500ms`.
public struct Threshold: Equatable, Sendable {
    /// How the measured value is compared.
    public enum Comparison: String, CaseIterable, Sendable {
        /// At most.
        case lessOrEqual = "<="
        /// At least.
        case greaterOrEqual = ">="
        /// Equal.
        case equal = "=="
        /// Not equal.
        case notEqual = "!="
        /// Less.
        case less = "<"
        /// Greater.
        case greater = ">"
    }

    /// The expression as written.
    public var expression: String
    /// The scenario whose connections are measured; nil for all.
    public var scenario: String?
    /// What is measured.
    public var metric: ThresholdMetric
    /// How it is compared.
    public var comparison: Comparison
    /// What it is compared with: nanoseconds, a share (0.001 for 0.1%) or a count, as the metric's unit says.
    public var bound: Double

    /// A threshold from its parts.
    public init(
        expression: String,
        scenario: String? = nil,
        metric: ThresholdMetric,
        comparison: Comparison,
        bound: Double
    ) {
        self.expression = expression
        self.scenario = scenario
        self.metric = metric
        self.comparison = comparison
        self.bound = bound
    }
}

/// Reads an item of `thresholds:`.
enum ThresholdReader {
    private static let example = "a metric, a comparison and a bound, such as connect.p99 < 500ms"

    /// Reads a metric, a comparison and a bound, `connect.p99 < 500ms`, of all connections or, after its name and a
    /// colon, of one scenario's: `canaries: connect.p99 < 500ms`.
    ///
    /// - Parameter scenarios: those that were read.
    static func read(_ field: Field, scenarios: [Scenario]) -> Threshold? {
        guard let threshold = read(field, names: scenarios.map(\.name)) else { return nil }
        rejectUnmeasured(threshold, scenarios, at: field)
        return threshold
    }

    /// Reports a threshold of what none of its scenarios measures: it could only ever fail, for want of a figure.
    private static func rejectUnmeasured(_ threshold: Threshold, _ scenarios: [Scenario], at field: Field) {
        let judged = scenarios.filter { threshold.scenario == nil || $0.name == threshold.scenario }
        guard let first = judged.first else { return }
        let whose = threshold.scenario.map { "scenario \(Quotation.quote($0)) has" } ?? "no scenario has"
        let example = "tokens: /choices/0/delta/content in scenario \(Quotation.quote(first.name))"
        switch threshold.metric.needs {
        case .tokens:
            guard judged.allSatisfy({ $0.stream.tokens == nil }) else { return }
            let lack = threshold.scenario == nil ? "tokens" : "no tokens"
            field.reject("\(threshold.metric.name) is not measured: \(whose) \(lack)", expected: example)
        case .followedStreams:
            guard judged.allSatisfy({ !$0.followsStreams }) else { return }
            let lack = threshold.scenario == nil ? "tokens or until" : "neither tokens nor until"
            field.reject("\(threshold.metric.name) is not measured: \(whose) \(lack)", expected: example)
        case .nothing: return
        }
    }

    private static func read(_ field: Field, names scenarios: [String]) -> Threshold? {
        // YAML takes a colon before a space for a map's.
        if case .mapping = field.node.content {
            guard let pair = field.pairs(limit: 1, expected: example)?.first,
                let text = pair.value.text(expected: example)
            else { return nil }
            return read(text, of: pair.key, scenarios, at: field)
        }
        guard let text = field.text(expected: example) else { return nil }
        let end = text.firstIndex { "<>=!".contains($0) } ?? text.endIndex
        guard let colon = text[..<end].lastIndex(of: ":") else { return read(text, at: field) }
        let rest = text[text.index(after: colon)...].trimmingSpaces
        return read(rest, of: text[..<colon].trimmingSpaces, scenarios, at: field)
    }

    private static func read(_ text: String, of scenario: String, _ scenarios: [String], at field: Field) -> Threshold?
    {
        guard scenarios.contains(scenario) else {
            let nearest = NearestName.find(scenario, among: scenarios)
            field.reject(
                "no scenario has the name \(Quotation.quote(scenario))",
                expected: nearest == nil ? "a scenario's name before the colon, or no colon" : nil,
                nearest: nearest
            )
            return nil
        }
        guard var threshold = read(text, at: field) else { return nil }
        guard threshold.metric.isOfScenario else {
            field.reject("\(threshold.metric.name) is the whole run's", expected: "no scenario before it")
            return nil
        }
        threshold.scenario = scenario
        threshold.expression = "\(scenario): \(text)"
        return threshold
    }

    private static func read(_ text: String, at field: Field) -> Threshold? {
        guard let start = text.firstIndex(where: { "<>=!".contains($0) }) else {
            field.rejectKind(expected: example)
            return nil
        }
        let rest = text[start...]
        let comparisons = Threshold.Comparison.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
        guard let comparison = comparisons.first(where: { rest.hasPrefix($0.rawValue) }) else {
            let words = Threshold.Comparison.allCases.map(\.rawValue).joined(separator: " ")
            field.reject("found \(field.node.kind)", expected: "one of the comparisons \(words)")
            return nil
        }
        let name = text[..<start].trimmingSpaces
        guard let metric = ThresholdMetric(name: name) else {
            let nearest = NearestName.find(name, among: ThresholdMetric.all.map(\.name))
            field.reject(
                "unknown metric \(Quotation.quote(name))",
                expected: nearest == nil ? "a metric such as connect.p99, errors.rate or leaks" : nil,
                nearest: nearest
            )
            return nil
        }
        let bound = rest.dropFirst(comparison.rawValue.count).trimmingSpaces
        guard let value = value(of: bound, in: metric.unit) else {
            field.reject("the bound \(Quotation.quote(bound))", expected: "\(name) in \(description(of: metric.unit))")
            return nil
        }
        return Threshold(expression: text, metric: metric, comparison: comparison, bound: value)
    }

    private static func value(of text: String, in unit: ThresholdMetric.Unit) -> Double? {
        switch unit {
        case .nanoseconds: DurationText.parse(text).map { Double($0) }
        case .share: Field.share(text)
        case .count: text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text).map { Double($0) } : nil
        }
    }

    private static func description(of unit: ThresholdMetric.Unit) -> String {
        switch unit {
        case .nanoseconds: "a duration, such as 500ms"
        case .share: "percent, such as 0.1%"
        case .count: "a whole number, such as 0"
        }
    }
}
