import Vocabulary

/// How old the streams were that the server ended.
public struct EndedStreams: Codable, Equatable, Mergeable, Sendable {
    /// The fewest streams that make a cluster.
    public static let fewest: UInt64 = 3
    /// How far apart the ages of most streams of a cluster may be, as a share of the highest.
    public static let clusterSpread = 0.05

    /// Their ages, in ns.
    public private(set) var ages = LatencyHistogram()
    /// When the first of them was ended, in ns from the start of the load.
    public private(set) var first: Nanoseconds
    /// When the last of them was ended, in ns from the start of the load.
    public private(set) var last: Nanoseconds
    /// Those that were ended in good order; nil where there were none, and in records of older versions.
    public private(set) var orderly: EndedGroup?
    /// Those that were cut; nil where there were none, and in records of older versions.
    public private(set) var cut: EndedGroup?

    /// No streams.
    ///
    /// - Parameter moment: when the first will be noted to have ended, in ns from the start of the load.
    public init(firstAt moment: Nanoseconds) { (first, last) = (moment, moment) }

    /// Notes how a stream ended.
    ///
    /// - Parameters:
    ///   - end: how the server ended it.
    ///   - isQuiet: whether it counts as quiet.
    ///   - moment: when, in ns from the start of the load.
    public mutating func note(_ end: StreamEnd, isQuiet: Bool, at moment: Nanoseconds) {
        ages.record(end.age)
        first = min(first, moment)
        last = max(last, moment)
        if end.isOrderly {
            if orderly == nil { orderly = EndedGroup() }
            orderly?.note(end, isQuiet: isQuiet, at: moment)
        } else {
            if cut == nil { cut = EndedGroup() }
            cut?.note(end, isQuiet: isQuiet, at: moment)
        }
    }

    /// Adds another's streams.
    public mutating func merge(_ other: EndedStreams) {
        ages.merge(other.ages)
        first = min(first, other.first)
        last = max(last, other.last)
        orderly.merge(other.orderly)
        cut.merge(other.cut)
    }

    /// The age at which most of the streams were ended, in ns; nil where they were ended at various ages, or too few.
    public var commonAge: Nanoseconds? { ages.cluster(spread: Self.clusterSpread, fewest: Self.fewest) }

    /// Whether all were ended at one moment, so that a common age may be that of the test and no timer's.
    public var endedAtOnce: Bool {
        guard let age = commonAge else { return true }
        return Double(last - min(first, last)) <= Double(age) * Self.clusterSpread
    }
}

extension LatencyHistogram {
    /// The value around which most spans lie, in ns: the median, where the middle 80% are near enough to one another.
    ///
    /// - Parameters:
    ///   - spread: how far apart these may be, as a share of the highest of them.
    ///   - fewest: the fewest spans.
    /// - Returns: nil where they lie further apart, or are fewer.
    public func cluster(spread: Double, fewest: UInt64) -> Nanoseconds? {
        guard count >= fewest, let low = value(atPercentile: 10), let high = value(atPercentile: 90),
            Double(low) >= Double(high) * (1 - spread)
        else { return nil }
        return value(atPercentile: 50)
    }
}

/// The streams that the server ended in one way: in good order, or not.
public struct EndedGroup: Codable, Equatable, Mergeable, Sendable {
    /// The most instants kept; ends in further ones are in none.
    public static let mostInstants = 6_000

    /// A tenth of a second in which streams ended.
    public struct Instant: Codable, Equatable, Sendable {
        /// How long one lasts, in ns.
        public static let length: Nanoseconds = 100 * .perMillisecond

        /// Its number: the instants since the load's start.
        public var index: UInt64
        /// Streams that ended in it.
        public var count: UInt64
        /// The age of the youngest of them, in ns.
        public var youngest: Nanoseconds
        /// The age of the oldest of them, in ns.
        public var oldest: Nanoseconds

        /// Adds another's streams.
        mutating func add(_ other: Instant) {
            count.saturatingAdd(other.count)
            youngest = min(youngest, other.youngest)
            oldest = max(oldest, other.oldest)
        }
    }

    /// Their ages, in ns.
    public private(set) var ages = LatencyHistogram()
    /// For how long nothing had come on them, in ns.
    public private(set) var silences = LatencyHistogram()
    /// Those that count as quiet.
    public private(set) var quiet: UInt64 = 0
    /// Those that had been silent for far longer than ever before.
    public private(set) var silentAsNever: UInt64 = 0
    /// Those that had lived through a longer silence.
    public private(set) var hadLongerGap: UInt64 = 0
    /// Those whose body had no end of its own.
    public private(set) var unframed: UInt64 = 0
    /// Those whose clients were told a reconnection time.
    public private(set) var toldRetry: UInt64 = 0
    /// When they ended, in order.
    public private(set) var instants: [Instant] = []

    /// No streams.
    public init() {}

    /// How many they are.
    public var count: UInt64 { ages.count }

    /// Notes a stream that the server ended.
    ///
    /// - Parameters:
    ///   - end: how.
    ///   - isQuiet: whether it counts as quiet.
    ///   - moment: when, in ns from the start of the load; moments must not go back by more than an instant.
    public mutating func note(_ end: StreamEnd, isQuiet: Bool, at moment: Nanoseconds) {
        ages.record(end.age)
        silences.record(end.silence)
        if isQuiet { quiet += 1 }
        if end.isSilentAsNever { silentAsNever += 1 }
        if end.hadLongerGap { hadLongerGap += 1 }
        if end.isUnframed { unframed += 1 }
        if end.isToldRetry { toldRetry += 1 }
        let instant = Instant(index: moment / Instant.length, count: 1, youngest: end.age, oldest: end.age)
        if let last = instants.indices.last, instants[last].index >= instant.index {
            instants[last].add(instant)
        } else if instants.count < Self.mostInstants {
            instants.append(instant)
        }
    }

    /// Adds another's streams.
    public mutating func merge(_ other: EndedGroup) {
        ages.merge(other.ages)
        silences.merge(other.silences)
        quiet.saturatingAdd(other.quiet)
        silentAsNever.saturatingAdd(other.silentAsNever)
        hadLongerGap.saturatingAdd(other.hadLongerGap)
        unframed.saturatingAdd(other.unframed)
        toldRetry.saturatingAdd(other.toldRetry)
        var all = Dictionary(instants.map { ($0.index, $0) }) { first, _ in first }
        for instant in other.instants { all[instant.index, default: Instant(empty: instant)].add(instant) }
        instants = Array(all.values.sorted { $0.index < $1.index }.prefix(Self.mostInstants))
    }
}

extension EndedGroup.Instant {
    /// The instant of another, without its streams.
    fileprivate init(empty other: EndedGroup.Instant) {
        self.init(index: other.index, count: 0, youngest: other.youngest, oldest: other.oldest)
    }
}

/// How the server ended one stream, as its client saw it.
public struct StreamEnd: Equatable, Sendable {
    /// How old the stream was, in ns.
    public var age: Nanoseconds
    /// How long nothing had come, in ns.
    public var silence: Nanoseconds
    /// The longest time before in which nothing came, in ns.
    public var longestGap: Nanoseconds
    /// Whether the stream was ended in good order: not reset, and not in the middle of its body.
    public var isOrderly: Bool
    /// Whether its body had no end of its own, so that a cut would look the same.
    public var isUnframed: Bool
    /// Whether its client was told a reconnection time.
    public var isToldRetry: Bool

    /// A stream's end from its parts.
    public init(
        age: Nanoseconds,
        silence: Nanoseconds,
        longestGap: Nanoseconds,
        isOrderly: Bool,
        isUnframed: Bool = false,
        isToldRetry: Bool = false
    ) {
        self.age = age
        self.silence = silence
        self.longestGap = longestGap
        self.isOrderly = isOrderly
        self.isUnframed = isUnframed
        self.isToldRetry = isToldRetry
    }

    /// How many times longer than any earlier silence the last one must be before it is taken for the end's reason.
    ///
    /// A stream that beats once a second and is ended a second after a beat was not quiet: it had been silent for as
    /// long before, and lived on.
    public static let unusual = 1.25
    /// How many times longer than any earlier silence one is that nothing in the stream's rhythm explains.
    public static let unheardOf = 2.0
    /// By how much an earlier silence must exceed the last one to prove that no timer ends streams that are as quiet.
    public static let refuting = 1.05

    /// Whether it was silent for longer than it had ever been.
    public var isUnusuallySilent: Bool { isSilent(times: Self.unusual) }
    /// Whether it was silent for far longer than it had ever been.
    public var isSilentAsNever: Bool { isSilent(times: Self.unheardOf) }
    /// Whether it had lived through a longer silence, which no inactivity timer would have let it.
    public var hadLongerGap: Bool { Double(longestGap) > Double(silence) * Self.refuting }

    private func isSilent(times factor: Double) -> Bool { Double(silence) > Double(longestGap) * factor }
}
