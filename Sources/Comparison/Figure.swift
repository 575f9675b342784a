/// One figure of a run, by the name that it has in thresholds.
public struct Figure: Equatable, Sendable {
    /// What a figure counts.
    public enum Unit: String, Codable, Sendable {
        /// Nanoseconds.
        case nanoseconds = "ns"
        /// A share: 0.001 for 0.1%.
        case share
        /// Things.
        case count
        /// Bytes.
        case bytes
        /// Seconds.
        case seconds = "s"
    }

    /// Which change of a figure is welcome.
    public enum Goal: String, Codable, Sendable {
        /// Less is better.
        case lower
        /// More is better.
        case higher
        /// Neither.
        case none
    }

    /// The name: `connect.p99`.
    public let name: String
    /// What it counts.
    public let unit: Unit
    /// Which change is welcome.
    public let goal: Goal
    /// The figure and its interval.
    public let estimate: Estimate

    /// A figure from its parts.
    public init(_ name: String, _ unit: Unit, _ goal: Goal, _ estimate: Estimate) {
        self.name = name
        self.unit = unit
        self.goal = goal
        self.estimate = estimate
    }
}
