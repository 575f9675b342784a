import Record

/// What of a run's series a journal does not hold yet.
struct SeriesTails {
    /// What the journal holds.
    private var held: [String: Series] = [:]

    /// The points of each series from the first on that the journal does not hold as it is now.
    ///
    /// - Returns: the points, and the names of the series that differ from their first point on: series are thinned once
    ///   they are long, and are then written anew.
    func tails(of series: [String: Series]) -> (series: [String: Series], replaced: [String]) {
        var tails: [String: Series] = [:]
        var replaced: [String] = []
        for (name, now) in series {
            let start = held[name].map { Self.firstDifference($0, now) } ?? 0
            guard start < now.t.count else { continue }
            var tail = Series(unit: now.unit)
            tail.t = Array(now.t[start...])
            tail.v = Array(now.v[start...])
            tails[name] = tail
            if start == 0 { replaced.append(name) }
        }
        return (tails, replaced.sorted())
    }

    /// Notes that the journal holds the series by now.
    mutating func note(_ series: [String: Series]) { held = series }

    /// Notes that the journal holds nothing.
    mutating func reset() { held = [:] }

    /// Where the series goes on; 0 where its times have changed, as it was thinned.
    private static func firstDifference(_ held: Series, _ now: Series) -> Int {
        let count = held.t.count
        guard count <= now.t.count, held.t.elementsEqual(now.t[..<count]) else { return 0 }
        // The last point is mended as long as it takes in further samples.
        return zip(held.v, now.v).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? count
    }
}
