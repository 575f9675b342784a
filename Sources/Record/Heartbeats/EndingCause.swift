import Vocabulary

/// What the ages, the silences and the moments of ended streams have in common.
public enum EndingCause: Equatable, Sendable {
    /// Nothing had come on them for one and the same time, in ns: an inactivity timer.
    case silence(SpanCluster)
    /// They were of one age, whatever they carried: a limit of the stream's life, in ns.
    case age(SpanCluster)
    /// Streams of different ages ended in few instants: their process, or their connection's proxy, went away.
    case together(streams: UInt64, instants: [EndedGroup.Instant])
}

extension EndedGroup {
    /// The share of the streams that must have it in common.
    static let commonShare = 0.6
    /// The share of all streams from which an instant holds many.
    static let instantShare = 0.1
    /// How far apart the ages of streams that end together are at least, as a share of the oldest one's.
    static let differingAges = 0.25
    /// The share of the streams that must be of one age, where all end in few instants.
    static let ageShareOfWaves = 0.9
    /// How many times further apart than their ages the moments must be at which streams of one age end.
    static let momentsOverAges: Nanoseconds = 2
    /// How far apart these moments must be in any case, in ns.
    static let leastMoments: Nanoseconds = 250 * .perMillisecond
    /// The share of the age that a silence lasted on a stream on which nothing has come.
    static let wholeLife = 0.9

    /// Why they ended; nil where they have nothing in common, or are too few.
    public var cause: EndingCause? {
        let (timer, together, limit) = (commonSilence, endedTogether, commonAge)
        if let timer, isSilentAllAlong(timer) || isMost(silentAsNever) { return .silence(timer) }
        if let together { return together }
        if let limit { return .age(limit) }
        return timer.map(EndingCause.silence)
    }

    /// Whether nothing had come on them since they opened: an inactivity timer and an age's limit look the same.
    public var isQuietForLife: Bool {
        guard case .silence(let silence) = cause else { return false }
        return isSilentAllAlong(silence)
    }

    /// Whether most of their clients were told when to come back.
    public var isToldRetry: Bool { count > 0 && isMost(toldRetry) }

    private func isMost(_ part: UInt64) -> Bool { Double(part) >= Self.commonShare * Double(count) }

    private func isSilentAllAlong(_ silence: SpanCluster) -> Bool {
        guard let age = near(ages, EndedStreams.clusterSpread) ?? near(ages, HeartbeatRecord.commonLifeSpread) else {
            return false
        }
        return Double(silence.typical) >= Double(age.typical) * Self.wholeLife
    }

    /// The silence that most had in common before their end, unless any number of them had lived through longer ones.
    private var commonSilence: SpanCluster? {
        guard 2 * quiet >= count, 10 * hadLongerGap <= count else { return nil }
        return near(silences, EndedStreams.clusterSpread) ?? near(silences, HeartbeatRecord.commonLifeSpread)
    }

    private func near(_ spans: LatencyHistogram, _ spread: Double) -> SpanCluster? {
        spans.densest(spread: spread, share: Self.commonShare, fewest: EndedStreams.fewest)
    }

    /// The age that most had in common, where it is not that of the test: streams that began together and ended together.
    private var commonAge: SpanCluster? {
        let isInWaves = isMost(crowded.reduce(0) { $0 + $1.count })
        if isInWaves, !areWavesAlike { return nil }
        let share = isInWaves ? Self.ageShareOfWaves : Self.commonShare
        return [EndedStreams.clusterSpread, HeartbeatRecord.commonLifeSpread].lazy.compactMap { spread in
            ages.densest(spread: spread, share: share, fewest: EndedStreams.fewest)
        }.first { moments >= max(Self.leastMoments, Self.momentsOverAges * $0.width) }
    }

    /// From the first end to the last, in ns.
    private var moments: Nanoseconds {
        guard let first = instants.first, let last = instants.last else { return 0 }
        return (last.index - first.index) * Instant.length
    }

    /// The instants in which many ended.
    private var crowded: [Instant] {
        let many = max(Double(EndedStreams.fewest), Self.instantShare * Double(count))
        return instants.filter { Double($0.count) >= many }
    }

    /// Whether the streams of all instants in which many ended were of about one age: where the server is restarted every
    /// now and then, those that come back at once are as well, but not those that the first restart met.
    private var areWavesAlike: Bool {
        let waves = crowded
        guard let youngest = waves.map(\.youngest).min(), let oldest = waves.map(\.oldest).max() else { return true }
        return Double(youngest) >= Double(oldest) * (1 - HeartbeatRecord.commonLifeSpread)
    }

    private var endedTogether: EndingCause? {
        let differing = crowded.filter { Double($0.youngest) < Double($0.oldest) * (1 - Self.differingAges) }
        let streams = differing.reduce(0 as UInt64) { $0 + $1.count }
        return isMost(streams) && streams > 0 ? .together(streams: streams, instants: differing) : nil
    }
}

/// Spans that lie close together, and hold most of a histogram's.
public struct SpanCluster: Equatable, Sendable {
    /// The shortest of them, in ns.
    public var low: Nanoseconds
    /// The one in their middle, in ns.
    public var typical: Nanoseconds
    /// The longest of them, in ns.
    public var high: Nanoseconds
    /// How many they are.
    public var count: UInt64

    /// How far apart they are, in ns.
    public var width: Nanoseconds { high - low }
}

extension LatencyHistogram {
    /// The window of some relative width that holds the most spans.
    ///
    /// - Parameters:
    ///   - spread: how far apart they may be, as a share of the longest.
    ///   - share: the share of all spans that they must be.
    ///   - fewest: the fewest of them.
    /// - Returns: nil where no window holds so many.
    public func densest(spread: Double, share: Double, fewest: UInt64) -> SpanCluster? {
        let buckets = buckets
        var (first, inside): (Int, UInt64) = (0, 0)
        var best: (range: ClosedRange<Int>, count: UInt64)?
        for (last, bucket) in buckets.enumerated() {
            inside += bucket.count
            while Double(buckets[first].value) < Double(bucket.value) * (1 - spread) {
                inside -= buckets[first].count
                first += 1
            }
            if inside > best?.count ?? 0 { best = (first...last, inside) }
        }
        guard let best, best.count >= fewest, Double(best.count) >= share * Double(count) else { return nil }
        let spans = buckets[best.range]
        var seen: UInt64 = 0
        let middle = spans.first { span in
            seen += span.count
            return 2 * seen >= best.count
        }
        guard let low = spans.first, let high = spans.last, let middle else { return nil }
        // A bucket's value is its upper end, which may be more than was ever recorded.
        return SpanCluster(
            low: min(low.value, largest),
            typical: min(middle.value, largest),
            high: min(high.value, largest),
            count: best.count
        )
    }

    /// How many spans are longer than one, in ns.
    public func count(above span: Nanoseconds) -> UInt64 {
        buckets.reduce(0) { $1.value > span ? $0 + $1.count : $0 }
    }
}
