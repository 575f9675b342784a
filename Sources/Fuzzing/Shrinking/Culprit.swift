/// Finds the case of a batch that does what was seen.
struct Culprit {
    /// Times that each half is tried, since a race does not happen each time.
    private static let tries = 3

    /// A case that shows a problem, and what was seen of it.
    struct Found {
        let test: FuzzCase
        /// How many copies of it at once it takes.
        let copies: Int
        let evidence: [String]
    }

    let batches: any Batches

    /// Narrows a batch down.
    ///
    /// - Parameters:
    ///   - cases: those that were begun, in order.
    ///   - problem: what was seen.
    /// - Returns: the one case and how many copies of it at once show the problem; nil where it cannot be had again.
    func find(_ problem: Problem, in cases: [FuzzCase]) throws(FuzzError) -> Found? {
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
                let result = try batches.run(tried, look: .again(key))
                // Without a server nothing more can be tried.
                if result.end?.absence != nil { return nil }
                if result.shows(key) { return half }
            }
        }
        return nil
    }

    /// The least copies of a case that show a problem: one, or several at once.
    private func confirm(_ test: FuzzCase, _ key: Problem.Key) throws(FuzzError) -> Found? {
        for copies in FuzzLimits.copies {
            let cases = [FuzzCase](repeating: test, count: copies)
            let result = try batches.run(cases, look: .again(key))
            if let seen = result.problems.first(where: { $0.key == key }) {
                return Found(test: test, copies: copies, evidence: seen.evidence)
            }
            if result.end?.absence != nil { return nil }
        }
        return nil
    }
}
