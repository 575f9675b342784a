extension LatencyHistogram {
    /// What was recorded since an earlier state of the same histogram.
    ///
    /// Its largest span is exact only where it is the largest of all; else it is that of its bucket.
    public func since(_ earlier: LatencyHistogram) -> LatencyHistogram {
        var later = LatencyHistogram()
        var known = earlier.buckets.makeIterator()
        var next = known.next()
        for bucket in buckets {
            while let passed = next, passed.value < bucket.value { next = known.next() }
            let before = next?.value == bucket.value ? next?.count ?? 0 : 0
            let count = bucket.count > before ? bucket.count - before : 0
            later.record(Swift.min(bucket.value, largest), count: count)
        }
        return later
    }
}
