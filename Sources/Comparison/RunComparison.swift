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

/// One figure of two runs side by side, and whether its change is beyond the noise of the two.
public struct FigureChange: Codable, Equatable, Sendable {
    /// How a change stands to the noise of the two runs.
    public enum Noise: String, Codable, Sendable {
        /// There is no change.
        case same
        /// Chance alone may have brought the change.
        case within
        /// Chance alone brings such a change in fewer than one of twenty comparisons.
        case beyond
        /// The runs do not tell how far chance moves the figure.
        case unknown
    }

    /// The figure's name.
    public var name: String
    /// What it counts.
    public var unit: Figure.Unit
    /// Which change is welcome.
    public var goal: Figure.Goal
    /// The figure of the run that is compared with; nil where it was not measured.
    public var base: Estimate?
    /// The figure of the run that is compared; nil where it was not measured.
    public var new: Estimate?
    /// By how much it changed, in its unit; nil where one of them was not measured.
    public var change: Double?
    /// The change as a share of the base; nil where that is zero, or one of them was not measured.
    public var relative: Double?
    /// The lower end of the 95% interval of the change; nil where it is not known.
    public var low: Double?
    /// The upper end of the 95% interval of the change; nil where it is not known.
    public var high: Double?
    /// How the change stands to the noise; nil where one of them was not measured.
    public var noise: Noise?

    /// The change of a figure.
    ///
    /// Its interval comes from those of the two runs by the method of variance estimates recovery (G. Y. Zou, A. Donner,
    /// "Construction of confidence limits about effect measures", Statistics in Medicine 27, 2008), which needs neither
    /// of them to be symmetric: with `b` in `[bl, bu]` and `n` in `[nl, nu]`,
    ///
    ///     low  = n − b − √((n − nl)² + (bu − b)²)
    ///     high = n − b + √((nu − n)² + (b − bl)²)
    ///
    /// The change is beyond the noise where zero is outside. What differs from run to run, and within none of them, such
    /// as a machine's other work, no two runs can tell: repeat both where it matters.
    init(name: String, unit: Figure.Unit, goal: Figure.Goal, base: Estimate?, new: Estimate?) {
        self.name = name
        self.unit = unit
        self.goal = goal
        self.base = base
        self.new = new
        guard let base, let new else { return }
        let change = new.value - base.value
        self.change = change
        relative = base.value == 0 ? nil : change / abs(base.value)
        if let newLow = new.low, let baseHigh = base.high {
            low = change - Self.length(new.value - newLow, baseHigh - base.value)
        }
        if let newHigh = new.high, let baseLow = base.low {
            high = change + Self.length(newHigh - new.value, base.value - baseLow)
        }
        noise =
            if change == 0 {
                .same
            } else if let end = change > 0 ? low : high {
                (change > 0) == (end > 0) && end != 0 ? .beyond : .within
            } else {
                .unknown
            }
    }

    /// Whether the change is unwelcome, and not known to be chance.
    public var isWorse: Bool { isUnwelcome(.lower, .higher) }

    /// Whether the change is welcome, and not known to be chance.
    public var isBetter: Bool { isUnwelcome(.higher, .lower) }

    private func isUnwelcome(_ rising: Figure.Goal, _ falling: Figure.Goal) -> Bool {
        guard let change, noise == .beyond || noise == .unknown else { return false }
        return change > 0 ? goal == rising : change < 0 && goal == falling
    }

    private static func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
}
