/// Finds the case of a batch that does what was seen.
struct Culprit {
    /// Times that each half is tried, since a race does not happen each time.
    private static let tries = 3

    let batches: any Batches

    /// Narrows a batch down.
    ///
    /// - Parameters:
    ///   - cases: those that were begun, in order.
    ///   - problem: what was seen.
    /// - Returns: the one case and how many copies of it at once show the problem; nil where it cannot be had again.
    func find(_ problem: Problem, in cases: [FuzzCase]) throws(FuzzError) -> (test: FuzzCase, copies: Int)? {
        if let index = problem.index, cases.indices.contains(index) {
            return try confirm(cases[index], problem.key)
        }
        // What ends the server is among the last that were begun.
        var suspects = cases
        while suspects.count > 1 {
            guard let half = try half(of: suspects, problem.key) else { return nil }
            suspects = half
        }
        guard let test = suspects.first else { return nil }
        return try confirm(test, problem.key)
    }

    private func half(of cases: [FuzzCase], _ key: Problem.Key) throws(FuzzError) -> [FuzzCase]? {
        let middle = cases.count / 2
        let halves = [Array(cases[middle...]), Array(cases[..<middle])]
        for attempt in 0..<Self.tries {
            for half in halves {
                // A race is likelier the more there are to race: later attempts fill the batch with copies.
                let copies = attempt == 0 ? 1 : max(1, FuzzLimits.batch / half.count)
                let tried = Array([[FuzzCase]](repeating: half, count: copies).joined())
                if try batches.run(tried, isQuick: true).shows(key) { return half }
            }
        }
        return nil
    }

    /// The least copies of a case that show a problem: one, or several at once.
    private func confirm(_ test: FuzzCase, _ key: Problem.Key) throws(FuzzError) -> (test: FuzzCase, copies: Int)? {
        for copies in FuzzLimits.copies {
            let cases = [FuzzCase](repeating: test, count: copies)
            if try batches.run(cases, isQuick: true).shows(key) { return (test, copies) }
        }
        return nil
    }
}
