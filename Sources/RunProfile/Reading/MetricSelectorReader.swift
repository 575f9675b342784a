/// Reads what names the series of a metric.
enum MetricSelectorReader {
    /// Reads a metric's name, with or without labels.
    static func read(_ field: Field) -> MetricSelector? {
        let expectation = "a metric with or without labels, such as sse_clients or 'errors{code=\"500\"}'"
        guard let text = field.text(expected: expectation) else { return nil }
        guard text.utf8.count <= ProfileLimits.addressBytes, let selector = MetricSelector(text) else {
            field.rejectKind(expected: expectation)
            return nil
        }
        return selector
    }
}
