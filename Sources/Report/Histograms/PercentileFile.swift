import Record
import Vocabulary

/// A latency as HdrHistogram's percentile distribution (`.hgrm`), which its plotter and its readers take.
///
/// The lines are those of `outputPercentileDistribution` in HdrHistogram's reference implementation, with five ticks for
/// each half distance to 100%, and values in ms.
public struct PercentileFile: Sendable {
    /// Ticks from each percentile to the one halfway between it and 100.
    static let ticksPerHalfDistance = 5.0

    private let histogram: LatencyHistogram

    /// The file of a latency.
    public init(_ histogram: LatencyHistogram) { self.histogram = histogram }

    /// The file's text.
    public func render() -> String {
        var text = "       Value     Percentile TotalCount 1/(1-Percentile)\n\n"
        for step in steps {
            text += "\(Self.padded(Self.milliseconds(Double(step.value)), 12)) "
            text += "\(NumberText.fixed(step.percentile / 100, digits: 12)) \(Self.padded("\(step.count)", 10))"
            if step.percentile < 100 {
                text += " " + Self.padded(NumberText.fixed(1 / (1 - step.percentile / 100), digits: 2), 14)
            }
            text += "\n"
        }
        let (mean, deviation) = moments
        let largest = histogram.buckets.last.map { Double($0.value) } ?? 0
        text += "#[Mean    = \(Self.figure(mean)), StdDeviation   = \(Self.figure(deviation))]\n"
        text += "#[Max     = \(Self.figure(largest)), Total count    = \(Self.padded("\(histogram.count)", 12))]\n"
        text += "#[Buckets = \(Self.padded("\(HistogramLayout.buckets)", 12)), "
        text += "SubBuckets     = \(Self.padded("\(HistogramLayout.subBuckets)", 12))]\n"
        return text
    }

    /// The percentiles that are listed, each with the value that it does not exceed and the spans up to it.
    ///
    /// From a percentile `p` the next one is `100 / (5 · 2^(⌊log₂(100 / (100 − p))⌋ + 1))` higher.
    private var steps: [(value: Nanoseconds, percentile: Double, count: UInt64)] {
        var steps: [(value: Nanoseconds, percentile: Double, count: UInt64)] = []
        let all = histogram.count
        var level = 0.0
        var count: UInt64 = 0
        for bucket in histogram.buckets {
            count += bucket.count
            while 100 * Double(count) / Double(all) >= level {
                steps.append((bucket.value, level, count))
                var halfDistance = 2.0
                while halfDistance <= 100 / (100 - level) { halfDistance *= 2 }
                level += 100 / (Self.ticksPerHalfDistance * halfDistance)
                if count == all { break }
            }
        }
        if let last = histogram.buckets.last { steps.append((last.value, 100, all)) }
        return steps
    }

    /// The mean and the standard deviation, in ns; zero of nothing.
    private var moments: (mean: Double, deviation: Double) {
        guard let mean = histogram.mean else { return (0, 0) }
        let squares = histogram.buckets.reduce(0.0) { sum, bucket in
            let distance = HistogramLayout.middle(of: bucket.value) - mean
            return sum + distance * distance * Double(bucket.count)
        }
        return (mean, (squares / Double(histogram.count)).squareRoot())
    }

    private static func figure(_ value: Double) -> String { padded(milliseconds(value), 12) }

    private static func milliseconds(_ value: Double) -> String { NumberText.fixed(value / 1e6, digits: 3) }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
