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
