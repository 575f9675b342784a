/// Names the series of a metric: `http_errors`, or `http_errors{code="500", method!="HEAD"}`.
public struct MetricSelector: Hashable, Sendable {
    /// What a label must, or must not, be.
    public struct Matcher: Hashable, Sendable {
        /// The label's name.
        public var label: String
        /// The value; a label that a series does not have is empty.
        public var value: String
        /// Whether the label must have the value, or must not.
        public var isEqual: Bool

        /// A matcher from its parts.
        public init(label: String, value: String, isEqual: Bool = true) {
            self.label = label
            self.value = value
            self.isEqual = isEqual
        }
    }

    /// The most labels that a selector names.
    public static let matcherLimit = 32

    /// The metric's name, as its samples carry it: a counter's ends in `_total`.
    public var name: String
    /// What its labels must be.
    public var matchers: [Matcher]

    /// A selector from its parts.
    public init(name: String, matchers: [Matcher] = []) {
        self.name = name
        self.matchers = matchers
    }

    /// Whether a series' labels are those that are meant; labels that are not named may be anything.
    public func matches(_ labels: [String: String]) -> Bool {
        matchers.allSatisfy { (labels[$0.label] ?? "" == $0.value) == $0.isEqual }
    }
}
