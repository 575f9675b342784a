/// One figure over time; both arrays have the same length.
public struct Series: Codable, Equatable, Sendable {
    /// The unit of the values: `streams`, `1/s`, `count`, `bytes`, `ns`.
    public var unit: String
    /// Seconds since the run's start.
    public var t: [Double] = []
    /// The values.
    public var v: [Double] = []

    /// An empty series.
    public init(unit: String) { self.unit = unit }
}
