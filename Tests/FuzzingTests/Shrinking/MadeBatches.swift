@testable import Fuzzing

/// Batches that no server sees: a test says what each shows.
final class MadeBatches: Batches {
    private let show: ([FuzzCase]) -> [Problem]
    /// How often a batch was carried out.
    private(set) var runs = 0

    init(_ show: @escaping ([FuzzCase]) -> [Problem]) { self.show = show }

    func run(_ cases: [FuzzCase], look: Look) throws(FuzzError) -> BatchResult {
        runs += 1
        return BatchResult(problems: show(cases), begun: cases.count)
    }
}
