import Vocabulary

extension Profile {
    /// When the load of every scenario is constant, in ns from the start of the load; nil where it never is.
    public var steady: Range<Nanoseconds>? {
        guard capacity == nil, let first = scenarios.first?.steady else { return nil }
        return scenarios.dropFirst().reduce(first) { common, scenario in
            guard let common, let steady = scenario.steady else { return nil }
            let both = common.clamped(to: steady)
            return both.isEmpty ? nil : both
        }
    }
}
