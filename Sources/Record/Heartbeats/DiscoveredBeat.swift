import Vocabulary

/// Something that came again and again on streams of which no heartbeat was expected.
public struct DiscoveredBeat: Codable, Equatable, Sendable {
    /// What came.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// Comment lines.
        case comment
        /// Blocks with a type or an ID but without data, which no client is told of (nchan's ping).
        case emptyEvent = "empty-event"
        /// Events of a name.
        case event
        /// Bytes of any kind.
        case any
    }

    /// The most kinds that a record keeps.
    public static let limit = 16
    /// How far apart the intervals of a heartbeat may be, from the 10th to the 90th percentile, as a share of the median.
    public static let regularSpread = 0.3

    /// What came.
    public var kind: Kind
    /// The events' name; nil for other kinds.
    public var name: String?
    /// The streams on which it came at least twice.
    public var streams: UInt64
    /// The streams that were looked at.
    public var looked: UInt64
    /// The time from one to the next on the same stream, in ns.
    public var interval: LatencyHistogram

    /// A kind from its parts.
    public init(kind: Kind, name: String? = nil, streams: UInt64, looked: UInt64, interval: LatencyHistogram) {
        self.kind = kind
        self.name = name
        self.streams = streams
        self.looked = looked
        self.interval = interval
    }

    /// What a profile writes to have it watched, as the value of `match:`.
    public var match: String {
        switch kind {
        case .comment: "comment"
        case .emptyEvent, .any: "any"
        case .event: "event:\(name ?? "message")"
        }
    }

    /// The time from one to the next, in ns, where it comes regularly on at least half of the streams; else nil.
    public var period: Nanoseconds? {
        guard streams > 0, streams >= (looked + 1) / 2, interval.count >= 2 * streams,
            let low = interval.value(atPercentile: 10), let half = interval.value(atPercentile: 50),
            let high = interval.value(atPercentile: 90), half > 0,
            Double(high - low) <= Double(half) * Self.regularSpread
        else { return nil }
        return half
    }

    /// The kinds of two lists, each kind once, in the order of their first appearance.
    public static func merged(_ left: [DiscoveredBeat], _ right: [DiscoveredBeat]) -> [DiscoveredBeat] {
        right.reduce(into: left) { all, beat in
            if let index = all.firstIndex(where: { $0.kind == beat.kind && $0.name == beat.name }) {
                all[index].streams.saturatingAdd(beat.streams)
                all[index].looked.saturatingAdd(beat.looked)
                all[index].interval.merge(beat.interval)
            } else if all.count < limit {
                all.append(beat)
            }
        }
    }
}

extension HeartbeatRecord {
    /// What is most likely the server's heartbeat; nil where one was expected, and where nothing came regularly.
    ///
    /// Comments come first, as they are made for it, then what clients are not told of, then events of a name; bytes of
    /// any kind are the last resort.
    public var discoveredBeat: DiscoveredBeat? {
        for kind in DiscoveredBeat.Kind.allCases {
            let regular = discovered?.filter { $0.kind == kind && $0.period != nil } ?? []
            if let beat = regular.max(by: { $0.streams < $1.streams }) { return beat }
        }
        return nil
    }
}
