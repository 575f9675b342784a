import EventStream
import FoundationEssentials
import Record
import Vocabulary

/// A report's latencies as HdrHistogram's interval log (V2), which its log processor and analyzers take.
///
/// The record holds each latency over the whole run: each is one interval, with its name as its tag.
public struct IntervalLog: Sendable {
    private let document: ReportDocument

    /// The log of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The log's text; times are in seconds, the interval's longest span in ms.
    public func render() -> String {
        let start = NumberText.fixed(max(0, document.started), digits: 3)
        let length = NumberText.fixed(max(0, document.ended - document.started), digits: 3)
        var text = """
            #[Histogram log format version 1.3]
            #[BaseTime: \(start) (seconds since epoch)]
            #[StartTime: \(start) (seconds since epoch), \(FigureText.moment(document.started))]
            "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"

            """
        for (name, histogram) in document.record.histograms {
            let longest = NumberText.fixed(Double(histogram.largest) / 1e6, digits: 3)
            text += "Tag=\(name),0.000,\(length),\(longest),\(HistogramPayload.encode(histogram))\n"
        }
        return text
    }
}

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

/// A histogram in HdrHistogram's V2 encoding, compressed and in base64, as its logs carry it.
///
/// Big-endian: the cookie 0x1C849314, the length of the zlib data (RFC 1950), and in it the cookie 0x1C849313, the
/// length of the counts, an offset of 0, the digits, the lowest and the highest value, a ratio of 1.0; then the counts
/// from the first on, each as ZigZag LEB128, a run of zeros as its negative length.
enum HistogramPayload {
    private static let compressedCookie: UInt32 = 0x1C84_9304 | 0x10
    private static let cookie: UInt32 = 0x1C84_9303 | 0x10

    /// The text of a histogram.
    static func encode(_ histogram: LatencyHistogram) -> String {
        let counts = counts(histogram)
        var plain: [UInt8] = []
        append(cookie, to: &plain)
        append(UInt32(counts.count), to: &plain)
        append(UInt32(0), to: &plain)
        append(HistogramLayout.digits, to: &plain)
        append(HistogramLayout.lowest, to: &plain)
        append(LatencyHistogram.longest, to: &plain)
        append(1.0.bitPattern, to: &plain)
        let packed = ZlibEncoder.compress(plain + counts)
        var bytes: [UInt8] = []
        append(compressedCookie, to: &bytes)
        append(UInt32(packed.count), to: &bytes)
        return Data(bytes + packed).base64EncodedString()
    }

    private static func counts(_ histogram: LatencyHistogram) -> [UInt8] {
        var bytes: [UInt8] = []
        var next = 0
        for bucket in histogram.buckets {
            let index = HistogramLayout.index(of: bucket.value)
            if index > next { appendSigned(-Int64(index - next), to: &bytes) }
            appendSigned(Int64(clamping: bucket.count), to: &bytes)
            next = index + 1
        }
        return bytes
    }

    /// Seven bits a byte from the lowest on; a ninth byte holds the last eight.
    private static func appendSigned(_ value: Int64, to bytes: inout [UInt8]) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        for _ in 0..<8 {
            guard rest >= 0x80 else {
                bytes.append(UInt8(rest))
                return
            }
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension RunRecord {
    /// Every span of time that was measured, with its name in thresholds and reports.
    public var histograms: [(name: String, histogram: LatencyHistogram)] {
        let all: [(name: String, histogram: LatencyHistogram)] =
            Latency.allCases.map { ($0.rawValue, load[$0]) } + [
                ("heartbeat.interval", load.heartbeat.interval),
                ("heartbeat.jitter", load.heartbeat.rhythm?.jitter ?? LatencyHistogram()), ("loopLag", load.loopLag),
                ("dropDelay", load.dropDelays ?? LatencyHistogram()),
            ]
        return all.filter { !$0.histogram.isEmpty }
    }
}
