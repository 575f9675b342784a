import Record
import RunProfile
import Vocabulary

/// Judges a drop matrix: which cells leak, and in what class.
public struct MatrixJudge: Sendable {
    /// The share of what a cell left below which the rest counts as gone.
    static let goneShare = 0.2

    private let record: RunRecord

    /// A judge of a record's matrix.
    public init(record: RunRecord) { self.record = record }

    /// Every gauge, in the record's order; empty without a matrix.
    public var gauges: [MatrixGauge] {
        guard let matrix = record.matrix else { return [] }
        let classifier = LeakClassifier(record: record)
        let proof = GaugeProof(record)
        return record.gauges.map { gauge in
            let statistics = MatrixStatistics(matrix.cycles, gauge: gauge.seriesName)
            let whole = classifier.classify(gauge).class
            return MatrixGauge(
                probe: gauge.probe,
                gauge: gauge.gauge,
                unit: gauge.unit,
                noise: statistics.noise,
                drift: statistics.drift,
                idle: UInt64(statistics.idle),
                // What only counts up counts drops as well.
                cells: (gauge.unit == .total || proof.standing(of: gauge) == .total ? [] : statistics.estimates).map {
                    estimate in
                    let trial = matrix.trials.first { $0.cell == estimate.cell && $0.gauge == gauge.seriesName }
                    return MatrixGauge.Cell(
                        stage: estimate.cell.stage,
                        manner: estimate.cell.manner,
                        drops: estimate.drops,
                        cycles: UInt64(estimate.cycles),
                        per1000Drops: estimate.per1000(estimate.mean),
                        low: estimate.half.map { estimate.per1000(estimate.mean - $0) },
                        high: estimate.half.map { estimate.per1000(estimate.mean + $0) },
                        class: estimate.isAboveNoise ? Self.class(trial, whole, noise: statistics.noise) : .none
                    )
                }
            )
        }
    }

    /// The class of a leaking cell: by its own trial; else that of the gauge over the whole run; else the mildest that fits.
    static func `class`(_ trial: MatrixTrial?, _ whole: LeakClass?, noise: Double) -> LeakClass {
        if let trial, let settled = trial.residual(at: .settle), settled > noise {
            let little = max(noise, goneShare * settled)
            let (inactivity, publish) = (trial.residual(at: .inactivity), trial.residual(at: .publish))
            if let inactivity, inactivity <= little { return .bounded }
            if let publish { return publish <= little ? .untilBroadcast : .permanent }
            if inactivity != nil { return .permanent }
        }
        // It stood after the settle time of its cycles, so that it does more than drain.
        return whole.flatMap { $0.isLeak ? $0 : nil } ?? .bounded
    }

    /// The gauges' verdicts as the matrix sees them, with the leaks of its cells.
    func traced(_ verdicts: [GaugeVerdict]) -> [(verdict: GaugeVerdict, leaks: [Leak])] {
        zip(verdicts, gauges).map { verdict, gauge in
            var verdict = verdict
            // After a restart of the server its cycles say nothing.
            guard verdict.jump == nil, verdict.isJudged else { return (verdict, []) }
            verdict.leaked = 0
            guard gauge.cells.contains(where: { $0.low != nil }) else {
                verdict.class = verdict.unit == .count ? nil : verdict.class
                verdict.unread = ["It could not be read in two cycles of any stage and manner."]
                return (verdict, [])
            }
            let leaks = gauge.unit == .count ? gauge.cells.filter(\.leaks).map { Self.leak(verdict, $0) } : []
            verdict.unread = []
            verdict.leaked = leaks.reduce(0) { $0 + $1.leaked }
            verdict.class = leaks.map(\.class).max { $0.weight < $1.weight } ?? LeakClass.none
            verdict.evidence = [Self.noiseLine(gauge)]
            return (verdict, leaks.sorted { ($0.per1000Drops ?? 0) > ($1.per1000Drops ?? 0) })
        }
    }

    private static func leak(_ verdict: GaugeVerdict, _ cell: MatrixGauge.Cell) -> Leak {
        Leak(
            gauge: verdict.gauge,
            probe: verdict.probe,
            stage: cell.stage,
            manner: cell.manner,
            drops: cell.drops,
            leaked: cell.per1000Drops * Double(cell.drops) / 1_000,
            per1000Drops: cell.per1000Drops,
            low: cell.low,
            high: cell.high,
            class: cell.class
        )
    }

    private static func noiseLine(_ gauge: MatrixGauge) -> String {
        "Without a leak a cycle changes it by up to \(Wording.number(gauge.noise)) "
            + "(\(Wording.count(gauge.idle, "idle cycle")))."
    }
}

/// What a drop matrix says of one gauge: its noise, and what each cell leaves.
public struct MatrixGauge: Codable, Equatable, Sendable {
    /// What one cell leaves in the gauge.
    public struct Cell: Codable, Equatable, Sendable {
        /// Where the connections were dropped.
        public var stage: Stage
        /// How.
        public var manner: Manner
        /// Drops made.
        public var drops: UInt64
        /// Cycles in which the gauge was read.
        public var cycles: UInt64
        /// Units left by a thousand drops, less what idle cycles gained in the same time.
        public var per1000Drops: Double
        /// The lower end of the 95% interval of ``per1000Drops``; nil with a single cycle.
        public var low: Double?
        /// The upper end of the 95% interval of ``per1000Drops``; nil with a single cycle.
        public var high: Double?
        /// What becomes of it; `none` where the interval's lower end is not above zero and the noise.
        public var `class`: LeakClass

        /// Whether the cell leaks.
        public var leaks: Bool { self.class != .none }
    }

    /// The probe that reads it.
    public var probe: String
    /// The gauge.
    public var gauge: String
    /// What it counts.
    public var unit: GaugeRecord.Unit
    /// By how much a cycle may change it without a leak, in units; measured on idle cycles and on cells that leave nothing.
    public var noise: Double
    /// What idle cycles gain, in units per second.
    public var drift: Double
    /// Idle cycles in which it was read.
    public var idle: UInt64
    /// The cells, in order of stage and manner.
    public var cells: [Cell]

    /// Whether a cell leaks.
    public var leaks: Bool { cells.contains(where: \.leaks) }
}

/// What each cell of a matrix leaves in one gauge, estimated from the changes from cycle to cycle.
///
/// The mean change of a cell's cycles over their drops is the slope of the gauge over the drops made. It and its
/// interval (Student's t) need no shared baseline: kept memory shows in one cycle and widens the interval, and other
/// clients' streams come and go in idle cycles as well. What idle cycles gain in the same time is taken off.
struct MatrixStatistics {
    /// A cell's estimate, in units a cycle.
    struct Estimate {
        let cell: MatrixCell
        let drops: UInt64
        let cycles: Int
        let mean: Double
        /// Half of the 95% interval; nil with a single cycle.
        let half: Double?
        /// Whether the lower end lies above zero and above the noise.
        let isAboveNoise: Bool

        /// Units a thousand drops, for units a cycle.
        func per1000(_ value: Double) -> Double { 1_000 * value * Double(cycles) / Double(max(1, drops)) }
    }

    /// How many standard deviations of a change a cell must be above zero at least.
    ///
    /// Dozens of cells are judged at once, so that 95% alone would accuse clean ones.
    static let noiseDeviations = 2.0

    /// What idle cycles gain, in units per second.
    let drift: Double
    /// By how much a cycle may change the gauge without a leak, in units.
    let noise: Double
    /// Idle cycles that count.
    let idle: Int
    /// The cells, in order of stage and manner.
    let estimates: [Estimate]

    /// The estimates of a gauge by its series name.
    init(_ cycles: [MatrixCycle], gauge: String) {
        let read = cycles.filter { $0.changes[gauge] != nil && ($0.cell == nil || $0.drops > 0) }
        let idle = read.filter { $0.cell == nil }
        let idleTime = idle.reduce(0) { $0 + max(0, $1.end - $1.start) }
        let drift = idleTime > 0 ? idle.reduce(0) { $0 + ($1.changes[gauge] ?? 0) } / idleTime : 0
        func sample(_ cycles: [MatrixCycle]) -> Sample {
            Sample(values: cycles.map { ($0.changes[gauge] ?? 0) - drift * max(0, $0.end - $0.start) })
        }
        let rest = sample(idle)
        let cells = Dictionary(grouping: read.filter { $0.cell != nil }, by: \.cell)
            .compactMap { cell, cycles in cell.map { (cell: $0, cycles: cycles, sample: sample(cycles)) } }
            .sorted { ($0.cell.stage.order, $0.cell.manner.order) < ($1.cell.stage.order, $1.cell.manner.order) }
        // What varies in cells that seem clean is noise as much as what varies in idle cycles, and there is more of it.
        let clean = cells.map(\.sample).filter { $0.count > 1 && !Self.isAboveZero($0) } + [rest]
        let freedom = clean.reduce(0) { $0 + max(0, $1.count - 1) }
        let deviation = freedom > 0 ? (clean.reduce(0) { $0 + $1.squares } / Double(freedom)).squareRoot() : 0
        let noise = max(Self.noiseDeviations * deviation, rest.values.map(abs).max() ?? 0)
        self.drift = drift
        self.noise = noise
        self.idle = rest.count
        estimates = cells.map { cell, cycles, sample in
            let ofMean = max(sample.deviation, deviation) / Double(sample.count).squareRoot()
            let ofDrift = rest.count > 0 ? deviation / Double(rest.count).squareRoot() : 0
            let half =
                sample.count > 1
                ? StudentT.quantile(freedom: sample.count - 1) * (ofMean * ofMean + ofDrift * ofDrift).squareRoot()
                : nil
            return Estimate(
                cell: cell,
                drops: cycles.reduce(0) { $0.saturatingAdding($1.drops) },
                cycles: sample.count,
                mean: sample.mean,
                half: half,
                isAboveNoise: half.map { sample.mean - $0 > noise } ?? false
            )
        }
    }

    private static func isAboveZero(_ sample: Sample) -> Bool {
        let half = StudentT.quantile(freedom: sample.count - 1) * sample.deviation / Double(sample.count).squareRoot()
        return sample.mean - half > 0
    }
}

extension FindingKind {
    /// Memory grows with every drop of a cell.
    public static let memoryGrows = FindingKind(
        "memory-grows",
        matters: "Memory that grows with each round of drops is not an allocator's reserve, which would level off.",
        look: "Look at what is allocated at the named stage, and compare heap snapshots before and after a few "
            + "thousand drops."
    ) { $0.growingMemory }
}

extension FindingRules {
    /// Memory that grows with every drop of a cell; a warning, as an allocator may grow for long without a leak.
    fileprivate var growingMemory: [Finding] {
        MatrixJudge(record: record).gauges.compactMap { gauge in
            let cells = gauge.cells.filter(\.leaks).sorted { $0.per1000Drops > $1.per1000Drops }
            guard gauge.unit == .bytes, let worst = cells.first else { return nil }
            return finding(
                .memoryGrows,
                .warning,
                "\(gauge.probe).\(gauge.gauge): grows by up to \(NumberText.bytes(worst.per1000Drops)) per 1,000 drops at "
                    + "\(worst.stage.rawValue) (\(worst.manner.rawValue))",
                cells.map { cell in
                    "Dropped at \(cell.stage.rawValue) (\(cell.manner.rawValue)): "
                        + "\(NumberText.bytes(cell.per1000Drops)) per 1,000 (95% interval "
                        + "\(NumberText.bytes(cell.low ?? 0)) to \(NumberText.bytes(cell.high ?? 0)))."
                }
            )
        }
    }
}

extension FindingKind {
    /// Thresholds that no stream was held for.
    public static let thresholdsNotJudged = FindingKind(
        "thresholds-not-judged",
        matters: "A matrix or race holds no streams, so these thresholds mean nothing here.",
        look: "Judge them with `hydrotest run`."
    ) { $0.thresholdsNotJudged }
}

extension FindingRules {
    /// Thresholds that a matrix or a race cannot judge, as they hold no streams.
    fileprivate var thresholdsNotJudged: Finding? {
        guard record.matrix != nil || record.race != nil else { return nil }
        let left = thresholds.filter { !$0.metric.isJudgedWithoutStreams }
        guard !left.isEmpty else { return nil }
        return finding(
            .thresholdsNotJudged,
            .info,
            "\(Wording.count(UInt64(left.count), "threshold")) not judged: no stream was held",
            left.map(\.expression)
        )
    }
}

extension ThresholdMetric {
    /// Whether drops alone measure it.
    var isJudgedWithoutStreams: Bool {
        switch self {
        case .leaks, .errorRate, .errorCount: true
        default: false
        }
    }
}
