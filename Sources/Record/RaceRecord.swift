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

/// One batch of the search for a race: drops after the same delay, and by how much each gauge changed.
public struct RaceBatch: Codable, Equatable, Sendable {
    /// The delays that the drops really had, from reaching the stage to the drop's system call.
    public struct Delays: Codable, Equatable, Sendable {
        /// The shortest, in ns.
        public var min: Nanoseconds
        /// The median, in ns.
        public var median: Nanoseconds
        /// The longest, in ns.
        public var max: Nanoseconds

        /// Delays from their figures.
        public init(min: Nanoseconds, median: Nanoseconds, max: Nanoseconds) {
            self.min = min
            self.median = median
            self.max = max
        }
    }

    /// The stage; nil for an idle batch, in which nothing was dropped.
    public var stage: Stage?
    /// The delay that was asked for, in ns.
    public var asked: Nanoseconds
    /// The delays that were; nil for an idle batch.
    public var delays: Delays?
    /// Drops made.
    public var drops: UInt64
    /// What each gauge gained or lost, by its series name; a gauge that could not be read is absent.
    public var changes: [String: Double]

    /// A batch from its parts.
    public init(stage: Stage?, asked: Nanoseconds, delays: Delays?, drops: UInt64, changes: [String: Double]) {
        self.stage = stage
        self.asked = asked
        self.delays = delays
        self.drops = drops
        self.changes = changes
    }
}
