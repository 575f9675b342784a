/// What a threshold measured.
public struct ThresholdResult: Codable, Equatable, Sendable {
    /// The expression as the profile writes it.
    public var expression: String
    /// The measured value, in the metric's unit; nil where it could not be measured, which fails the threshold.
    public var value: Double?
    /// Whether the run holds it.
    public var passed: Bool

    /// A result from its parts.
    public init(expression: String, value: Double?, passed: Bool) {
        self.expression = expression
        self.value = value
        self.passed = passed
    }
}
