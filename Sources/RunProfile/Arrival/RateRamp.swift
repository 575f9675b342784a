import Vocabulary

/// A linear change of a rate.
public struct RateRamp: Equatable, Sendable {
    /// The rate at its end, in connections per second, above 0.
    public var target: Double
    /// How long it takes, in ns; 0 for a step.
    public var duration: Nanoseconds

    /// A ramp from the rate before it.
    public init(to target: Double, over duration: Nanoseconds) {
        self.target = target
        self.duration = duration
    }
}
