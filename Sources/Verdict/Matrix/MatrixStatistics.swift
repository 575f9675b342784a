import Record
import Vocabulary

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
