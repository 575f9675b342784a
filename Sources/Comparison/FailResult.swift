/// What a condition came to for one figure.
public struct FailResult: Codable, Equatable, Sendable {
    /// Why it failed, or did not.
    public enum Reason: String, Codable, Sendable {
        /// The change is within the bound.
        case holds
        /// The change is past the bound, but chance alone may have brought it.
        case noise
        /// The change is past the bound.
        case past
        /// The new run did not measure the figure.
        case notMeasured = "not-measured"
        /// The base did not measure the figure, so that nothing changed.
        case noBase = "no-base"
    }

    /// The condition as it was written.
    public var expression: String
    /// The figure.
    public var figure: String
    /// Whether it fails the comparison.
    public var failed: Bool
    /// Why.
    public var reason: Reason
}
