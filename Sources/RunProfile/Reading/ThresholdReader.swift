import Vocabulary

/// Reads an item of `thresholds:`.
enum ThresholdReader {
    /// Reads a metric, a comparison and a bound: `connect.p99 < 500ms`.
    static func read(_ field: Field) -> Threshold? {
        let example = "a metric, a comparison and a bound, such as connect.p99 < 500ms"
        guard let text = field.text(expected: example) else { return nil }
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
        guard let metric = ThresholdMetric.all.first(where: { $0.name == name }) else {
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
