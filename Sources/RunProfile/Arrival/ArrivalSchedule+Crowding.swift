import Vocabulary

extension ArrivalSchedule {
    /// What a count by the integral may fall short of a whole number by, in connections.
    private static let countError = 1e-6
    /// What a sum of moments may be wrong by, in seconds.
    private static let momentError = 1e-9

    /// The most connections that start within any span of a length in ns, both ends included; never too few.
    ///
    /// With `R(t)` the connections due by `t`, and `S(t, L)` those of the spikes from `t` to `t + L`, it is the largest
    ///
    ///     ⌊R(t + L) − R(t)⌋ + 1 + S(t, L)
    ///
    /// Both terms change their form only where a corner, the end or a spike enters or leaves the span; in between `S` is
    /// constant and the difference of `R` is a parabola. So the ends of these stretches are looked at, and the vertex
    /// of each parabola that has its top within.
    public func most(within length: Nanoseconds) -> Int {
        guard let curve else { return count }
        // Each moment is rounded: by at most the resolution, or by half a nanosecond.
        let span = length.inSeconds + max(resolution, 1).inSeconds
        let end = steadyDuration
        let marks = curve.corners + crowds.map(\.moment.inSeconds) + [end]
        let starts = Set(marks.flatMap { [$0, max(0, $0 - span)] } + [0]).sorted()
        func due(from start: Double) -> Double {
            curve.due(by: min(end, start + span)) - curve.due(by: min(end, start))
        }
        func most(from start: Double) -> Int {
            let byRate = min(Double(steadyCount), (due(from: start) + Self.countError).rounded(.down) + 1)
            let within = (start - Self.momentError)...(start + span + Self.momentError)
            return crowds.reduce(Int(byRate)) { within.contains($1.moment.inSeconds) ? $0 + $1.count : $0 }
        }
        var largest = 0
        for (position, start) in starts.enumerated() {
            largest = max(largest, most(from: start))
            guard position + 1 < starts.count else { break }
            let length = starts[position + 1] - start
            if let top = Self.top(due(from: start), due(from: start + length / 2), due(from: start + length)) {
                largest = max(largest, most(from: start + top * length))
            }
        }
        return min(count, largest)
    }

    /// Where between 0 and 1 a parabola through its values at 0, 1/2 and 1 has its top; nil where it has none there.
    private static func top(_ first: Double, _ middle: Double, _ last: Double) -> Double? {
        let curvature = 2 * (first + last - 2 * middle)
        let slope = 4 * middle - 3 * first - last
        guard curvature < 0 else { return nil }
        let top = -slope / (2 * curvature)
        return top > 0 && top < 1 ? top : nil
    }
}
