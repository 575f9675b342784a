import Record
import Verdict
import Vocabulary

/// What the search for a race came to.
public struct RaceSummary: Codable, Equatable, Sendable {
    /// The share of leaks of one batch.
    public struct Share: Codable, Equatable, Sendable {
        /// The median delay of its drops, in ns.
        public var delay: Nanoseconds
        /// The share of its drops that leaked.
        public var share: Double
        /// Its drops.
        public var drops: UInt64
    }

    /// The stage that leaks; nil where none does.
    public var stage: Stage?
    /// The manner of the drops.
    public var manner: Manner
    /// The series name of the gauge that told; nil where none did.
    public var gauge: String?
    /// The shortest delay that was to be tried, in ns.
    public var from: Nanoseconds
    /// The longest delay that was to be tried, in ns.
    public var to: Nanoseconds
    /// The most drops that were to be made.
    public var budget: UInt64
    /// Drops made.
    public var drops: UInt64
    /// Why the search ended.
    public var end: RaceRecord.End
    /// The window; nil where nothing leaked.
    public var window: RaceWindow?
    /// The batches at the stage that leaks, in their order.
    public var shares: [Share]
    /// The command line that searches the window again; empty where none was found.
    public var again: String

    /// The search of a record; nil where none was made.
    init?(_ record: RunRecord) {
        guard let race = record.race else { return nil }
        let judge = RaceJudge(record: record)
        stage = race.stage
        manner = race.manner
        gauge = race.gauge
        from = race.from
        to = race.to
        budget = race.budget
        drops = race.drops
        end = race.end
        window = judge.window
        shares = judge.shares.map { Share(delay: $0.delay, share: $0.share, drops: $0.drops) }
        again = race.again
    }
}
