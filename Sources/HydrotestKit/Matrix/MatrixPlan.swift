import Record
import Vocabulary

/// The order in which a matrix's cycles are made: a pure function of cells, numbers and seed.
///
/// Every cell comes once before any comes again, each round in an order of its own, so that a drift of the server lands
/// on all cells alike. Idle cycles are spread over the whole, one in each of as many equal parts.
struct MatrixPlan {
    /// The cells in the order of their cycles; nil for an idle one.
    let steps: [MatrixCell?]

    /// A plan.
    ///
    /// - Parameters:
    ///   - cycles: how often each cell is tried.
    ///   - idle: cycles without a drop.
    ///   - seed: what the order is drawn from.
    init(_ cells: [MatrixCell], cycles: Int, idle: Int, seed: UInt64) {
        var random = SplitMix64(seeds: seed, 4)
        var dealt: [MatrixCell?] = []
        for _ in 0..<cycles { dealt += cells.shuffled(using: &random) }
        var steps: [MatrixCell?] = []
        for part in 0..<idle {
            let slice = dealt[(dealt.count * part / idle)..<(dealt.count * (part + 1) / idle)]
            let place = Int.random(in: slice.startIndex...slice.endIndex, using: &random)
            steps += slice[..<place] + [nil] + slice[place...]
        }
        self.steps = idle == 0 ? dealt : steps
    }
}
