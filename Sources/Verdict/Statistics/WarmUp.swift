/// Where the warm-up of a row of samples ends, by rule.
///
/// The rule is MSER-5 (K. P. White, "An Effective Truncation Heuristic for Bias Reduction in Simulation Output",
/// Simulation 69, 1997; White, Cobb and Spratt, Winter Simulation Conference, 2000): of all beginnings that could be cut
/// off, in batches of five samples, the one without which the rest's error is smallest. What the rest is measured
/// against is its own line, not its mean: a trend is what is looked for, and no warm-up.
enum WarmUp {
    /// Samples a batch.
    static let batch = 5
    /// The largest part of the samples that is cut off.
    static let longestShare = 0.25

    /// How many samples belong to the warm-up.
    static func length(of values: [Double]) -> Int {
        let batches = stride(from: 0, through: values.count - batch, by: batch).map { start in
            values[start..<start + batch].reduce(0, +) / Double(batch)
        }
        let mostCut = Int(Double(batches.count) * longestShare)
        // Sums over the rest, from the end towards the beginning, so that every cut takes one step.
        var (n, t, v, tt, tv, vv) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        let shift = batches.last ?? 0
        var best: (cut: Int, error: Double)?
        for (index, batch) in batches.enumerated().reversed() {
            let (time, value) = (Double(index), batch - shift)
            (n, t, v) = (n + 1, t + time, v + value)
            (tt, tv, vv) = (tt + time * time, tv + time * value, vv + value * value)
            guard index <= mostCut, n > 2 else { continue }
            let (spreadOfTime, shared) = (tt - t * t / n, tv - t * v / n)
            let error = max(0, vv - v * v / n - shared * shared / spreadOfTime) / (n * n)
            // A cut must be worth it: of equals, the one that leaves most.
            if error <= best?.error ?? .infinity { best = (index, error) }
        }
        return (best?.cut ?? 0) * batch
    }
}
