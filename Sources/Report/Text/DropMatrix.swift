import Record
import Vocabulary

/// Drops as a table of stage and manner.
struct DropMatrix {
    private let counts: [Stage: [Manner: UInt64]]
    /// The stages that were dropped at, in order.
    let stages: [Stage]
    /// The manners that were used, in order.
    let manners: [Manner]
    /// The largest count of one stage and manner.
    let largest: UInt64

    /// The table of a list of counts.
    init(_ drops: [DropCount]) {
        var counts: [Stage: [Manner: UInt64]] = [:]
        for drop in drops { counts[drop.stage, default: [:]][drop.manner] = drop.count }
        self.counts = counts
        stages = Stage.allCases.filter { counts[$0] != nil }
        manners = Manner.allCases.filter { manner in counts.values.contains { $0[manner] != nil } }
        largest = drops.map(\.count).max() ?? 0
    }

    /// The drops at a stage in a manner; nil where none was made.
    func count(_ stage: Stage, _ manner: Manner) -> UInt64? { counts[stage]?[manner] }

    /// The drops at a stage in every manner.
    func total(_ stage: Stage) -> UInt64 { counts[stage]?.values.reduce(0) { $0.saturatingSum($1) } ?? 0 }
}
