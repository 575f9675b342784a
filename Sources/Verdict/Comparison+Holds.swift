import RunProfile

extension Threshold.Comparison {
    /// Whether a value compares with a bound in this way.
    package func holds(_ value: Double, _ bound: Double) -> Bool {
        switch self {
        case .lessOrEqual: value <= bound
        case .greaterOrEqual: value >= bound
        case .equal: value == bound
        case .notEqual: value != bound
        case .less: value < bound
        case .greater: value > bound
        }
    }
}
