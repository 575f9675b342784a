import Record
import Verdict
import Vocabulary

/// Two runs side by side.
public struct RunComparison: Equatable, Sendable {
    /// What a run is told from others by.
    public struct Run: Codable, Equatable, Sendable {
        /// The profile's name.
        public var profile: String
        /// The seed.
        public var seed: UInt64
        /// The target's address.
        public var target: String
        /// When it started, in seconds since 1970.
        public var started: Double
        /// How long it lasted, in seconds.
        public var seconds: Double
        /// Whether it passed.
        public var passed: Bool
        /// Hydrotest's version.
        public var version: String
    }

    /// The run that is compared with.
    public let base: Run
    /// The run that is compared.
    public let new: Run
    /// The figures that at least one of them measured, in the order in which they are shown.
    public let changes: [FigureChange]
    /// What makes the runs unlike before any server is asked, a sentence each; empty where nothing does.
    public let notes: [String]

    /// Compares two runs; what was judged of each is what its report says.
    public init(base: (record: RunRecord, judgement: Judgement), new: (record: RunRecord, judgement: Judgement)) {
        self.base = Self.run(base.record, base.judgement)
        self.new = Self.run(new.record, new.judgement)
        let before = RunFigures(record: base.record, judgement: base.judgement).all
        let after = RunFigures(record: new.record, judgement: new.judgement).all
        let later = Dictionary(after.map { ($0.name, $0) }) { first, _ in first }
        let known = Set(before.map(\.name))
        let figures = before + after.filter { !known.contains($0.name) }
        let earlier = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
        changes = figures.map { figure in
            FigureChange(
                name: figure.name,
                unit: figure.unit,
                goal: figure.goal,
                base: earlier[figure.name]?.estimate,
                new: later[figure.name]?.estimate
            )
        }
        notes = Self.notes(base.record, new.record)
    }

    private static func run(_ record: RunRecord, _ judgement: Judgement) -> Run {
        Run(
            profile: record.profile,
            seed: record.seed,
            target: record.environment.target,
            started: record.started,
            seconds: max(0, record.ended - record.started),
            passed: judgement.passed,
            version: record.environment.version
        )
    }

    private static func notes(_ base: RunRecord, _ new: RunRecord) -> [String] {
        var notes: [String] = []
        let differ = { (what: String, left: String, right: String) in
            if left != right { notes.append("The \(what) differs: \(left) and \(right).") }
        }
        differ("profile", base.profile, new.profile)
        differ("seed", "\(base.seed)", "\(new.seed)")
        differ("target", base.environment.target, new.environment.target)
        differ("system", base.environment.system, new.environment.system)
        differ("number of processors", "\(base.environment.processors)", "\(new.environment.processors)")
        differ("version of Hydrotest", base.environment.version, new.environment.version)
        for (name, record) in [("base", base), ("new", new)] {
            if !record.generator.saturation.isEmpty {
                notes.append("The generator was saturated in the \(name) run: its latencies are unreliable.")
            }
            if record.interrupted { notes.append("The \(name) run was cut short.") }
        }
        return notes
    }
}
