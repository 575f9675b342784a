/// The part of a run in which its load was constant, in seconds since the run's start.
public struct SteadySpan: Codable, Equatable, Sendable {
    /// When the last scenario had reached its full load.
    public var start: Double
    /// When the first scenario began to end.
    public var end: Double

    /// A span from its parts.
    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }
}
