import Vocabulary

/// The streams that the server ended in one way: in good order, or not.
public struct EndedGroup: Codable, Equatable, Sendable {
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
