import Vocabulary

/// The search for the window of a race, batch by batch.
public struct RaceRecord: Codable, Equatable, Sendable {
    /// Why a search ended.
    public enum End: String, CaseIterable, Codable, Sendable {
        /// Both ends of the window are known well enough.
        case known
        /// The budget of drops was spent.
        case budget
        /// The run was cut short.
        case interrupted
    }

    /// The manner of all drops.
    public var manner: Manner
    /// The stage that was searched to the end; nil where none was chosen.
    public var stage: Stage?
    /// The series name of the gauge that told; nil where none was chosen.
    public var gauge: String?
    /// The shortest delay to be tried, in ns.
    public var from: Nanoseconds
    /// The longest delay to be tried, in ns.
    public var to: Nanoseconds
    /// The most drops that were to be made.
    public var budget: UInt64
    /// The batches, in their order.
    public var batches: [RaceBatch] = []
    /// Why the search ended.
    public var end = End.interrupted
    /// The command line that searches the found window again; empty where none was found.
    public var again = ""

    /// A search that has not begun.
    public init(manner: Manner, from: Nanoseconds, to: Nanoseconds, budget: UInt64) {
        self.manner = manner
        self.from = from
        self.to = to
        self.budget = budget
    }

    /// Drops made so far.
    public var drops: UInt64 { batches.reduce(0) { $0.saturatingAdding($1.drops) } }
}
