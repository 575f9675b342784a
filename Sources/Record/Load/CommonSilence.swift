import Vocabulary

/// A time in which streams brought no byte that had never been so silent before, all of them at once.
public struct CommonSilence: Codable, Equatable, Mergeable, Sendable {
    /// The most that a record keeps; those of the fewest streams are left out.
    public static let limit = 64

    /// When the last of them had fallen silent, in seconds since the load's start.
    public var start: Double
    /// When the first of them was silent no more, or the last had ended where none was, in seconds since the load's
    /// start.
    public var end: Double
    /// When the first of them fell silent, in seconds since the load's start.
    public var firstStart: Double
    /// The streams that were silent.
    public var streams: UInt64 = 0
    /// Those on which bytes came again afterwards; the others ended in silence.
    public var resumed: UInt64 = 0
    /// The open streams on whose bytes a silence as long would have been seen, the silent ones among them.
    public var watched: UInt64 = 0
    /// Heartbeats of these streams that were missed in it.
    public var missed: UInt64 = 0
    /// The longest gap between two bytes of any of them before, in ns.
    public var usual: Nanoseconds = 0
    /// Connections that were begun within it, the first ``usual`` of it aside.
    public var asked: UInt64 = 0
    /// Response heads that came within it, the first ``usual`` of it aside.
    public var answered: UInt64 = 0

    /// A silence from its ends, in seconds since the load's start.
    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
        firstStart = start
    }

    /// How long all of them were silent, in seconds.
    public var length: Double { max(0, end - start) }

    /// The share of the watched streams that were silent.
    public var share: Double { Double(streams) / Double(max(1, max(watched, streams))) }

    /// Both lists, those at the same time put together.
    public static func merged(_ left: [CommonSilence], _ right: [CommonSilence]) -> [CommonSilence] {
        var all = left
        all.merge(right) { $0.isShared($1) }
        guard all.count > limit else { return all.sorted { $0.start < $1.start } }
        return all.sorted { $0.streams > $1.streams }.prefix(limit).sorted { $0.start < $1.start }
    }

    private func isShared(_ other: CommonSilence) -> Bool {
        2 * (min(end, other.end) - max(start, other.start)) >= min(length, other.length) && length > 0
    }

    /// Adds the streams of another worker that were silent at the same time.
    mutating func merge(_ other: CommonSilence) {
        start = max(start, other.start)
        if (resumed > 0) == (other.resumed > 0) {
            end = resumed > 0 ? min(end, other.end) : max(end, other.end)
        } else if other.resumed > 0 {
            end = other.end
        }
        firstStart = min(firstStart, other.firstStart)
        streams.saturatingAdd(other.streams)
        resumed.saturatingAdd(other.resumed)
        watched.saturatingAdd(other.watched)
        missed.saturatingAdd(other.missed)
        usual = max(usual, other.usual)
        asked.saturatingAdd(other.asked)
        answered.saturatingAdd(other.answered)
    }
}
