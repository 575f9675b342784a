import Vocabulary

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
