import Record
import Vocabulary

/// All that was read of one gauge.
struct GaugeHistory: Sendable {
    /// Different names of gaps that are counted apart; further ones are counted together.
    static let gapNameLimit = 32

    /// How often a reading failed for one reason, and when first.
    struct GapCount: Equatable, Sendable {
        var count: UInt64
        let firstTime: Double
    }

    private(set) var series = BoundedSeries()
    private(set) var gaps: [String: GapCount] = [:]

    /// Takes in one reading, begun at a time in seconds.
    mutating func append(_ reading: GaugeReading, at time: Double) {
        switch reading {
        case .value(let value): series.append(time: time, value: value)
        case .gap(let name): addGaps(1, name: name, at: time)
        }
    }

    /// Counts readings that failed, the first of them at a time in seconds.
    mutating func addGaps(_ count: UInt64, name: String, at time: Double) {
        let name = gaps[name] != nil || gaps.count < Self.gapNameLimit ? name : GapName.other
        gaps[name, default: GapCount(count: 0, firstTime: time)].count += count
    }

    /// The highest value of each point, at the point's first moment.
    func recorded(unit: GaugeRecord.Unit) -> Series {
        var result = Series(unit: unit.rawValue)
        result.t = series.points.map(\.start)
        result.v = series.points.map(\.maximum)
        return result
    }
}

/// A figure over time in bounded memory.
///
/// Once it holds ``pointLimit`` points, neighbours are merged pairwise, and from then on each new point takes twice as
/// many samples: the resolution is the same over the whole time. A merged point keeps the lowest, the highest and the
/// latest of its samples, so that neither a peak nor a residual is lost. The latest samples are also kept one by one.
struct BoundedSeries: Equatable, Sendable {
    /// The most points that are kept.
    static let pointLimit = 4096
    /// How many of the latest samples are kept one by one: 64 s at the default period.
    static let recentLimit = 256

    /// Samples that follow each other, as one.
    struct Point: Equatable, Sendable {
        /// When the first sample was taken, in seconds.
        var start: Double
        /// When the latest sample was taken, in seconds.
        var end: Double
        var minimum: Double
        var maximum: Double
        var last: Double

        /// A point of one sample.
        init(time: Double, value: Double) {
            start = time
            end = time
            minimum = value
            maximum = value
            last = value
        }

        /// Takes in the point that follows.
        mutating func append(_ next: Point) {
            end = next.end
            minimum = min(minimum, next.minimum)
            maximum = max(maximum, next.maximum)
            last = next.last
        }
    }

    /// The points, in order of time; only the last may hold fewer samples than ``samplesPerPoint``.
    private(set) var points: [Point] = []
    /// How many samples a full point stands for.
    private(set) var samplesPerPoint = 1
    private var samplesInLastPoint = 0
    /// A ring, once it is full.
    private var recent: [Point] = []
    private var oldestRecent = 0

    /// Adds a sample; its time is not before that of the one added last.
    mutating func append(time: Double, value: Double) {
        let sample = Point(time: time, value: value)
        if recent.count < Self.recentLimit {
            recent.append(sample)
        } else {
            recent[oldestRecent] = sample
            oldestRecent = (oldestRecent + 1) % Self.recentLimit
        }
        if samplesInLastPoint < samplesPerPoint, !points.isEmpty {
            points[points.count - 1].append(sample)
            samplesInLastPoint += 1
        } else {
            if points.count == Self.pointLimit { mergeNeighbours() }
            points.append(sample)
            samplesInLastPoint = 1
        }
    }

    private mutating func mergeNeighbours() {
        for index in 0..<(points.count / 2) {
            var point = points[2 * index]
            point.append(points[2 * index + 1])
            points[index] = point
        }
        points.removeLast(points.count / 2)
        samplesPerPoint *= 2
    }

    /// All samples of a window as one point; nil where there is none.
    ///
    /// Exact while the samples since the window's start are still kept one by one, or none have been merged; else every
    /// point that reaches into the window counts as a whole.
    func summary(from start: Double, to end: Double) -> Point? {
        let isRecent = recent.count < Self.recentLimit || recent[oldestRecent].start <= start
        var summary: Point?
        if isRecent {
            for index in 0..<recent.count {
                Self.take(recent[(oldestRecent + index) % recent.count], into: &summary, from: start, to: end)
            }
        } else {
            for point in points { Self.take(point, into: &summary, from: start, to: end) }
        }
        return summary
    }

    private static func take(_ point: Point, into summary: inout Point?, from start: Double, to end: Double) {
        guard point.end >= start, point.start <= end else { return }
        if summary == nil {
            summary = point
        } else {
            summary?.append(point)
        }
    }
}
