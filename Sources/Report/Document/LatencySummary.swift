import Record
import Vocabulary

/// The latencies that were measured; one that was not is absent.
public struct LatencySummaries: Equatable, Sendable {
    private var summaries: [Latency: LatencySummary] = [:]

    /// How late events came by the server's own clock; nil where it was not looked at.
    public var serverClock: ServerClockSummary?

    /// The figures of a load's latencies.
    public init(_ load: LoadRecord) {
        for latency in Latency.ofEveryLoad {
            guard var summary = LatencySummary(load[latency]) else { continue }
            summary.unreached = latency.reached.flatMap { load.shareUnreached($0, reached: summary.count) }
            summaries[latency] = summary
        }
        serverClock = load.serverClock.map(ServerClockSummary.init)
    }

    /// The figures of a latency; nil where it was not measured.
    public subscript(_ latency: Latency) -> LatencySummary? { summaries[latency] }

    /// What share of the attempts never got to what was measured, in a sentence each; none where all did.
    public var gaps: [String] {
        named.compactMap { name, summary in
            summary.unreached.map {
                "\(name): \(NumberText.threeDigits($0 * 100))% of attempts never got there; the figures are of those that did."
            }
        }
    }

    /// Every latency that was measured, with its name.
    public var named: [(name: String, summary: LatencySummary)] {
        Latency.ofEveryLoad.compactMap { latency in summaries[latency].map { (latency.rawValue, $0) } }
    }
}

extension LatencySummaries: Codable {
    private enum CodingKeys: String, CodingKey { case serverClock }

    /// Writes each latency that was measured under its name.
    public func encode(to encoder: any Encoder) throws {
        var latencies = encoder.container(keyedBy: Latency.self)
        for latency in Latency.ofEveryLoad { try latencies.encodeIfPresent(summaries[latency], forKey: latency) }
        var others = encoder.container(keyedBy: CodingKeys.self)
        try others.encodeIfPresent(serverClock, forKey: .serverClock)
    }

    /// Reads what ``encode(to:)`` wrote.
    ///
    /// - Throws: `DecodingError` where the figures of a latency are none.
    public init(from decoder: any Decoder) throws {
        let latencies = try decoder.container(keyedBy: Latency.self)
        for latency in Latency.ofEveryLoad {
            summaries[latency] = try latencies.decodeIfPresent(LatencySummary.self, forKey: latency)
        }
        let others = try decoder.container(keyedBy: CodingKeys.self)
        serverClock = try others.decodeIfPresent(ServerClockSummary.self, forKey: .serverClock)
    }
}

/// The figures of one latency, in ns.
public struct LatencySummary: Codable, Equatable, Sendable {
    /// How many spans were recorded.
    public var count: UInt64
    /// The median.
    public var p50: Nanoseconds
    /// The 90th percentile.
    public var p90: Nanoseconds
    /// The 99th percentile.
    public var p99: Nanoseconds
    /// The 99.9th percentile.
    public var p999: Nanoseconds
    /// The largest.
    public var max: Nanoseconds

    /// What share of the attempts failed before it could be measured, 0 to 1, so that no figure here counts them; nil
    /// where none did.
    public var unreached: Double?

    /// The figures of a histogram; nil where it is empty.
    public init?(_ histogram: LatencyHistogram) {
        guard let p50 = histogram.value(atPercentile: 50), let p90 = histogram.value(atPercentile: 90),
            let p99 = histogram.value(atPercentile: 99), let p999 = histogram.value(atPercentile: 99.9)
        else { return nil }
        self.count = histogram.count
        self.p50 = p50
        self.p90 = p90
        self.p99 = p99
        self.p999 = p999
        self.max = histogram.largest
    }
}

/// The figures of a span that is judged by its tail, in ns.
public struct IntervalSummary: Codable, Equatable, Sendable {
    /// The median.
    public var p50: Nanoseconds
    /// The 99th percentile.
    public var p99: Nanoseconds
    /// The largest.
    public var max: Nanoseconds

    /// The figures of a histogram; nil where it is empty.
    public init?(_ histogram: LatencyHistogram) {
        guard let p50 = histogram.value(atPercentile: 50), let p99 = histogram.value(atPercentile: 99) else {
            return nil
        }
        self.p50 = p50
        self.p99 = p99
        self.max = histogram.largest
    }
}

/// The figures of numbers that streams were counted by.
public struct NumberSummary: Codable, Equatable, Sendable {
    /// How many numbers were recorded.
    public var count: UInt64
    /// The number that 99% exceed.
    public var p1: Double
    /// The number that 95% exceed.
    public var p5: Double
    /// The median.
    public var p50: Double
    /// The 99th percentile.
    public var p99: Double
    /// The largest.
    public var max: Double

    /// The figures of a histogram; nil where it is empty.
    public init?(_ histogram: NumberHistogram) {
        guard let p1 = histogram.value(atPercentile: 1), let p5 = histogram.value(atPercentile: 5),
            let p50 = histogram.value(atPercentile: 50), let p99 = histogram.value(atPercentile: 99),
            let largest = histogram.largest
        else { return nil }
        count = histogram.count
        self.p1 = p1
        self.p5 = p5
        self.p50 = p50
        self.p99 = p99
        max = largest
    }
}

/// How late events came by the server's own clock, above the fastest of them: never comparable with other latencies.
public struct ServerClockSummary: Codable, Equatable, Sendable {
    /// How much later than the fastest one events came, in ns; nil where no event had a time.
    public var aboveFastest: LatencySummary?
    /// The smallest difference of both clocks, this machine's less the server's, in ns; nil where no event had a time.
    public var offset: Int64?
    /// Events whose time could not be read.
    public var unread: UInt64

    /// The figures of a record.
    public init(_ clock: ServerClockRecord) {
        aboveFastest = LatencySummary(clock.latencies)
        offset = clock.offset
        unread = clock.unread
    }
}

/// The generator's own state: whether its figures can be trusted.
public struct GeneratorSummary: Codable, Equatable, Sendable {
    /// By how much the event loops woke late, in ns; nil where it was not measured.
    public var loopLag: IntervalSummary?
    /// By how much moments of arrival may be wrong, in ns: the error of the kernel's time stamps, or the event loops' lag
    /// where not nearly all reads have one; nil where nothing was read.
    public var arrivalError: IntervalSummary?
    /// The share of the reads that the kernel has stamped; nil where nothing was read, or nobody counted.
    public var stampedShare: Double?
    /// Connections that started later than a tolerance after their scheduled moment.
    public var lateArrivals: UInt64
    /// Whether the latency figures are not to be trusted.
    public var saturated: Bool
    /// Processor time, user and system, in seconds; nil where it was not measured.
    public var cpuSeconds: Double?
    /// The most memory it held, in bytes; nil where it was not measured.
    public var peakResidentBytes: UInt64?

    /// The share of stamped reads from which the others change no 99th percentile.
    static let nearlyAll = 0.995

    /// The figures of a record's generator.
    public init(_ record: RunRecord) {
        loopLag = IntervalSummary(record.load.loopLag)
        if let unstamped = record.load.unstampedReads ?? (record.load.stampedReads > 0 ? 0 : nil) {
            let stamped = Double(record.load.stampedReads)
            let share = stamped / max(1, stamped + Double(unstamped))
            stampedShare = share
            let isStamped = share >= Self.nearlyAll
            arrivalError = isStamped ? record.load.stampError.flatMap(IntervalSummary.init) : loopLag
        }
        lateArrivals = record.load.lateArrivals
        saturated = !record.generator.saturation.isEmpty
        // A process that runs has used some time and some memory: zero can only mean that nobody looked.
        cpuSeconds = record.generator.cpuSeconds > 0 ? record.generator.cpuSeconds : nil
        peakResidentBytes = record.generator.peakResidentBytes > 0 ? record.generator.peakResidentBytes : nil
    }
}
