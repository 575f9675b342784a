import Record
import Verdict
import Vocabulary

/// What a climb towards a server's ceiling came to.
public struct CapacitySummary: Codable, Equatable, Sendable {
    /// The levels that were judged, in order.
    public var levels: [CapacityLevel]
    /// The highest level that held; nil where none did.
    public var held: CapacityLevel?
    /// What ended the climb.
    public var ceiling: CapacityRecord.Ceiling
    /// Publishes that the server took; nil where none was asked for.
    public var published: UInt64?

    init(_ record: CapacityRecord) {
        levels = record.levels
        held = record.held
        ceiling = record.ceiling
        published = record.published
    }
}

/// What a drop matrix came to.
public struct MatrixSummary: Codable, Equatable, Sendable {
    /// Cycles that were planned, the idle ones included.
    public var planned: UInt64
    /// Cycles that were made.
    public var made: UInt64
    /// Every gauge, in the record's order; those that only ever count up are left out.
    public var gauges: [MatrixGauge]

    /// The matrix of a record; nil where none was made.
    init?(_ record: RunRecord) {
        guard let matrix = record.matrix else { return nil }
        planned = matrix.planned
        made = UInt64(matrix.cycles.count)
        gauges = MatrixJudge(record: record).gauges.filter { $0.unit != .total }.map { gauge in
            var gauge = gauge
            if !gauge.noise.isFinite { gauge.noise = 0 }
            if !gauge.drift.isFinite { gauge.drift = 0 }
            gauge.cells = gauge.cells.filter(\.per1000Drops.isFinite).map { cell in
                var cell = cell
                cell.low = cell.low.finite
                cell.high = cell.high.finite
                return cell
            }
            return gauge
        }
    }
}

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
