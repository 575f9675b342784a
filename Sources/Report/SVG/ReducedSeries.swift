/// A series with fewer points and the same extremes.
enum ReducedSeries {
    /// The points, at most `limit` of them: the first, the last, and each bucket's lowest and highest, in order of time.
    ///
    /// - Parameters:
    ///   - points: in order of time.
    ///   - limit: at least 4.
    static func reduce(_ points: [(t: Double, v: Double)], limit: Int) -> [(t: Double, v: Double)] {
        precondition(limit >= 4, "a bucket needs room for its extremes")
        guard points.count > limit, let first = points.first, let last = points.last else { return points }
        let inner = points.dropFirst().dropLast()
        let buckets = (limit - 2) / 2
        var reduced = [first]
        for bucket in 0..<buckets {
            let start = inner.startIndex + inner.count * bucket / buckets
            let end = inner.startIndex + inner.count * (bucket + 1) / buckets
            let indices = start..<end
            guard let low = indices.min(by: { inner[$0].v < inner[$1].v }),
                let high = indices.max(by: { inner[$0].v < inner[$1].v })
            else { continue }
            for index in low == high ? [low] : [min(low, high), max(low, high)] { reduced.append(inner[index]) }
        }
        reduced.append(last)
        return reduced
    }
}
