import Vocabulary

/// How old the streams were that the server ended.
public struct EndedStreams: Codable, Equatable, Sendable {
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
        if let group = other.orderly { if orderly == nil { orderly = group } else { orderly?.merge(group) } }
        if let group = other.cut { if cut == nil { cut = group } else { cut?.merge(group) } }
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
