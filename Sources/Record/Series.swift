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

extension Series {
    /// When it came down to a level and stayed there, within a span of seconds since the run's start.
    ///
    /// - Returns: nil where it was not above the level within the span, or was still above it at the span's end.
    public func fall(to level: Double, from start: Double, until end: Double) -> Double? {
        let points = zip(t, v).filter { $0.0 >= start && $0.0 <= end }
        guard let last = points.lastIndex(where: { $0.1 > level }), last + 1 < points.count else { return nil }
        return points[last + 1].0
    }

    /// The time integral of a rate over a span of seconds: each value holds from the point before it to its own.
    public func integral(from start: Double, to end: Double) -> Double {
        zip(zip(t, t.dropFirst()), v.dropFirst()).reduce(0) { sum, step in
            let overlap = min(end, step.0.1) - max(start, step.0.0)
            return overlap > 0 ? sum + overlap * step.1 : sum
        }
    }
}
