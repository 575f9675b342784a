import Record
import Vocabulary

/// Decides, batch by batch, which delay the search for a race tries next.
///
/// First a scan over all delays, at every stage that may leak, finer from level to level until something leaks; then the
/// gaps around the ends of the window are halved; then batches are laid around both ends until each is known.
public struct RaceSearch: Sendable {
    /// What is to be done next.
    public enum Step: Equatable, Sendable {
        /// A batch without drops, for the noise.
        case idle
        /// A batch of drops at a stage, after a delay in ns.
        case drop(Stage, after: Nanoseconds)
    }

    /// Idle batches before the scan.
    static let firstIdle = 4
    /// Batches between two idle ones.
    static let idleEvery = 25
    /// Levels of the scan; the last one has some thousand delays.
    static let levels = 9
    /// The ratio of neighbouring delays of the first level.
    static let ratio = 1.5
    /// The shortest delay of the first level after ``from``, in ns.
    static let shortest: Nanoseconds = 20 * .perMicrosecond
    /// How often gaps are halved at most, as a late machine may never reach the delays that are asked for.
    private static let mostHalvings = 20
    /// Batches by which the lag of the drops' timers is measured.
    private static let recent = 40
    /// Drops of a batch that only has to tell inside from outside, where nearly every drop inside leaks.
    private static let fewDrops = 5
    /// Batches around the ends that are as small, before the share is measured.
    private static let fewBatches = 24
    /// The share of the drops that is nearly every one.
    private static let clearShare = 0.8

    private let stages: [Stage]
    private let gauges: [String]
    private let range: ClosedRange<Nanoseconds>
    private var random: SplitMix64
    private var queue: [Step] = Array(repeating: .idle, count: firstIdle)
    private var level = 0
    private var sinceIdle = 0
    private var choice: RaceChoice?
    private var halvings = 0
    private var halves = false
    private var around = 0

    /// A search.
    ///
    /// - Parameters:
    ///   - stages: the stages that may leak, in order.
    ///   - gauges: the series names of the gauges that may tell, the most telling first.
    ///   - range: the delays to be tried, in ns.
    ///   - seed: what the order of batches is drawn from.
    public init(stages: [Stage], gauges: [String], range: ClosedRange<Nanoseconds>, seed: UInt64) {
        self.stages = stages
        self.gauges = gauges
        self.range = range
        random = SplitMix64(seeds: seed, 3)
    }

    /// The stage that the search went on with; nil while there is none.
    public var stage: Stage? { choice?.stage }

    /// The series name of the gauge that the search goes by; nil while there is none.
    public var gauge: String? { choice?.gauge }

    /// The next batch; nil where both ends are known, or nothing leaks at all.
    ///
    /// - Parameter batches: what was done so far.
    public mutating func next(after batches: [RaceBatch]) -> Step? {
        if sinceIdle >= Self.idleEvery {
            sinceIdle = 0
            return .idle
        }
        // What leaks for sure need not be scanned to the end: a server may have no more than some tens of slots to lose.
        if choice == nil, stages.count == 1, batches.count(where: { $0.stage != nil }) >= 2,
            RaceChoice(batches, stages: stages, gauges: gauges) != nil
        {
            queue = []
        }
        if queue.isEmpty { queue = plan(batches) }
        guard !queue.isEmpty else { return nil }
        sinceIdle += 1
        return queue.removeFirst()
    }

    /// How many drops the next batch needs.
    ///
    /// - Parameter batch: drops of a batch that has to measure a share.
    public func drops(of batch: Int, after batches: [RaceBatch]) -> Int {
        guard let choice, halves || around < Self.fewBatches else { return batch }
        let reading = RaceReading(batches, stage: choice.stage, gauge: choice.gauge)
        let share = reading.points.map(\.share).max() ?? 0
        return share >= Self.clearShare && reading.noise < 1 ? min(batch, Self.fewDrops) : batch
    }

    private mutating func plan(_ batches: [RaceBatch]) -> [Step] {
        if choice == nil { choice = RaceChoice(batches, stages: stages, gauges: gauges) }
        guard let choice else {
            guard level < Self.levels else { return [] }
            level += 1
            let delays = Self.scan(range, level: level - 1)
            if level == 1 {
                // The ends come first: where one leaks as well, the window lies beyond, and that is said at once.
                let (ends, inner) = ([delays.first, delays.last].compactMap(\.self), delays.dropFirst().dropLast())
                return ends.flatMap { delay in stages.map { .drop($0, after: delay) } }
                    + stages.flatMap { stage in inner.map { .drop(stage, after: $0) } }.shuffled(using: &random)
            }
            return stages.flatMap { stage in delays.map { .drop(stage, after: $0) } }.shuffled(using: &random)
        }
        let reading = RaceReading(batches, stage: choice.stage, gauge: choice.gauge)
        guard let estimate = WindowEstimate(reading.points, within: Self.microseconds(range)) else { return [] }
        halves = false
        let halving = halvings < Self.mostHalvings ? estimate.bracket.halving(within: Self.microseconds(range)) : []
        if halving.isEmpty, estimate.isKnown { return [] }
        if !halving.isEmpty {
            halvings += 1
            halves = true
        }
        let delays = halving.isEmpty ? around(estimate) : halving
        if halving.isEmpty { around += delays.count }
        let lag = Self.lag(batches)
        return delays.map { .drop(choice.stage, after: asked($0 - lag)) }.shuffled(using: &random)
    }

    /// Delays around both ends of a window and in its middle, in µs.
    private mutating func around(_ estimate: WindowEstimate) -> [Double] {
        let (model, width) = (estimate.fit.model, estimate.width)
        // There a share tells most about where the end lies and how blurred it is.
        let distance = min(max(1.2 * model.blur, 0.05 * width), 0.4 * width)
        let ends = [model.low, model.high].compactMap(\.self)
        let start = model.low ?? Double(range.lowerBound) / 1e3
        var delays = ends.flatMap { [$0 - distance, $0, $0 + distance] }
        delays.append(start + width * Double.random(in: 0.3...0.7, using: &random))
        return delays.map { $0 + distance * Double.random(in: -0.3...0.3, using: &random) }
    }

    private func asked(_ microseconds: Double) -> Nanoseconds {
        min(max(Nanoseconds(seconds: microseconds / 1e6), range.lowerBound), range.upperBound)
    }

    /// How much later than asked drops are made, in µs.
    private static func lag(_ batches: [RaceBatch]) -> Double {
        let lags = batches.suffix(recent)
            .compactMap { batch in
                batch.delays.flatMap { batch.asked > 0 ? (Double($0.median) - Double(batch.asked)) / 1e3 : nil }
            }
            .sorted()
        return lags.isEmpty ? 0 : max(0, lags[lags.count / 2])
    }

    /// The delays of a level of the scan, in ns: at first in equal ratios, then ever closer in equal distances.
    static func scan(_ range: ClosedRange<Nanoseconds>, level: Int) -> [Nanoseconds] {
        let (from, to) = (range.lowerBound, range.upperBound)
        guard level == 0 else {
            let count = UInt64(8) << UInt64(level)
            // The odd places of a grid; the even ones belong to the levels before.
            return (0..<count / 2).map { from + (to - from) / count * (2 * $0 + 1) }
        }
        var delays = [from]
        var offset = Double(shortest)
        while offset < Double(to - from) {
            delays.append(from + Nanoseconds(offset))
            offset *= ratio
        }
        return delays + [to]
    }

    static func microseconds(_ range: ClosedRange<Nanoseconds>) -> ClosedRange<Double> {
        (Double(range.lowerBound) / 1e3)...(Double(range.upperBound) / 1e3)
    }
}

/// The stage and the gauge that a search goes on with.
struct RaceChoice: Equatable {
    /// Leaks that a stage and gauge must show before the search goes on with them.
    static let leastLeaks = 3.0
    /// The share of the most leaks that makes a stage, or a gauge, as good as the best; the first one is taken.
    private static let equalShare = 0.8

    /// The stage that leaks.
    let stage: Stage
    /// The series name of the gauge that tells.
    let gauge: String

    /// The first of the stages, and the first of the gauges, that leak about as much as the one that leaks most.
    ///
    /// - Parameter gauges: series names, the most telling first.
    init?(_ batches: [RaceBatch], stages: [Stage], gauges: [String]) {
        let found = gauges.flatMap { gauge in
            stages.map { stage in
                (gauge: gauge, stage: stage, hits: RaceReading(batches, stage: stage, gauge: gauge).hits)
            }
        }
        guard let most = found.map(\.hits).max(), most >= Self.leastLeaks,
            let first = found.first(where: { $0.hits >= Self.equalShare * most })
        else { return nil }
        stage = first.stage
        gauge = first.gauge
    }
}

/// The batches of a search as one gauge saw them.
struct RaceReading {
    /// What idle batches gain, in units each.
    let drift: Double
    /// By how much a batch may change the gauge without a leak, in units.
    let noise: Double
    /// The batches, in their order.
    let points: [RacePoint]

    /// The batches at a stage by a gauge's series name.
    init(_ batches: [RaceBatch], stage: Stage, gauge: String) {
        let idle = Sample(values: batches.filter { $0.stage == nil }.compactMap { $0.changes[gauge] })
        let drift = idle.mean
        self.drift = drift
        noise = max(2 * idle.deviation, idle.values.map { abs($0 - drift) }.max() ?? 0)
        points = batches.compactMap { batch in
            guard batch.stage == stage, batch.drops > 0, let delays = batch.delays, let change = batch.changes[gauge]
            else { return nil }
            let drops = Double(batch.drops)
            return RacePoint(
                delay: Double(delays.median) / 1e3,
                drops: drops,
                leaked: min(max(change - drift, 0), drops)
            )
        }
    }

    /// The drops that leaked in batches that cannot be noise.
    ///
    /// A lone leak in twenty drops may be another client's; two are asked for, and the 95% interval above the noise.
    var hits: Double {
        points.filter { point in
            let interval = RateInterval(leaked: point.leaked, drops: UInt64(point.drops))
            return point.leaked >= 2 && (interval?.low ?? 0) * point.drops > noise
        }
        .reduce(0) { $0 + $1.leaked }
    }
}

/// What one batch of a race's search showed: the share of its drops that leaked after a delay.
struct RacePoint: Equatable {
    /// The median delay of its drops, in µs.
    let delay: Double
    /// Drops made.
    let drops: Double
    /// Those that left something behind; not a whole number where a drift was taken off.
    let leaked: Double

    /// The share of the drops that leaked.
    var share: Double { leaked / drops }
}
