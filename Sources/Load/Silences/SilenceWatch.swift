import Record
import Vocabulary

/// The silences of a worker's streams, those at the same time put together; nothing of it grows.
struct SilenceWatch {
    /// A silence of one stream, in ns of the monotonic clock.
    struct Silence {
        /// When its last byte before came.
        let start: Nanoseconds
        /// When the next byte came, or the stream ended.
        let end: Nanoseconds
        /// Whether it was ended by a byte.
        let isOver: Bool
        /// The stream's longest gap before, in ns.
        let usual: Nanoseconds
    }

    /// One or more silences at the same time.
    private struct Group {
        var start: Nanoseconds
        var end: Nanoseconds
        var firstStart: Nanoseconds
        var streams: UInt64 = 1
        var resumed: UInt64
        var watched: UInt64 = 0
        var missed: UInt64 = 0
        var usual: Nanoseconds

        /// The first byte ends it for all; a stream that ends in silence does not.
        mutating func noteEnd(_ silence: Silence) {
            if silence.isOver {
                end = resumed > 0 ? min(end, silence.end) : silence.end
            } else if resumed == 0 {
                end = max(end, silence.end)
            }
        }
    }

    /// How often all streams may be counted for a new group between two records: it looks at each of them.
    static let countings = 256

    private var groups: [Group] = []
    private var countingsLeft = countings
    /// The connections that were begun.
    private var asked = ActivityBins()
    /// The response heads that came.
    private var answered = ActivityBins()

    /// Nothing watched yet.
    init() { groups.reserveCapacity(CommonSilence.limit) }

    /// Notes that a connection is begun.
    mutating func noteAsked(at moment: Nanoseconds) { asked.note(at: moment) }

    /// Notes that a response head has come.
    mutating func noteAnswered(at moment: Nanoseconds) { answered.note(at: moment) }

    /// Notes a silence.
    ///
    /// - Parameter countWatched: counts the open streams on which it would have been one.
    mutating func note(_ silence: Silence, countWatched: () -> UInt64) {
        if let index = groups.lastIndex(where: { Self.isShared($0, silence) }) {
            groups[index].start = max(groups[index].start, silence.start)
            groups[index].noteEnd(silence)
            groups[index].firstStart = min(groups[index].firstStart, silence.start)
            groups[index].streams += 1
            groups[index].resumed += silence.isOver ? 1 : 0
            groups[index].usual = max(groups[index].usual, silence.usual)
            return
        }
        var group = Group(
            start: silence.start,
            end: silence.end,
            firstStart: silence.start,
            resumed: silence.isOver ? 1 : 0,
            usual: silence.usual
        )
        if countingsLeft > 0 {
            countingsLeft -= 1
            group.watched = countWatched()
        }
        if groups.count < CommonSilence.limit { return groups.append(group) }
        // Silences of single streams make room for those of many.
        guard let smallest = groups.indices.min(by: { groups[$0].streams < groups[$1].streams }),
            groups[smallest].streams <= 1
        else { return }
        groups[smallest] = group
    }

    /// Notes beats that were missed by a moment, the last of them in a silence that was noted then.
    mutating func noteMissed(_ count: UInt64, from start: Nanoseconds, to end: Nanoseconds) {
        guard let index = groups.lastIndex(where: { $0.start < end && $0.end > start }) else { return }
        groups[index].missed.saturatingAdd(count)
    }

    /// What was noted, in seconds since a moment; nil where nothing was.
    func record(since started: Nanoseconds) -> [CommonSilence]? {
        guard !groups.isEmpty else { return nil }
        return groups.map { group in
            var silence = CommonSilence(
                start: (group.start - min(group.start, started)).inSeconds,
                end: (group.end - min(group.end, started)).inSeconds
            )
            silence.firstStart = (group.firstStart - min(group.firstStart, started)).inSeconds
            silence.streams = group.streams
            silence.resumed = group.resumed
            silence.watched = max(group.watched, group.streams)
            silence.missed = group.missed
            silence.usual = group.usual
            // A server may have stopped some time after its last bytes.
            let from = group.start + group.usual
            silence.asked = asked.count(from: from, to: group.end)
            silence.answered = answered.count(from: from, to: group.end)
            return silence
        }
    }

    /// Forgets all silences.
    mutating func reset() {
        groups.removeAll(keepingCapacity: true)
        countingsLeft = Self.countings
    }

    /// Whether a silence is at the same time as a group's: they share half of the shorter at least.
    private static func isShared(_ group: Group, _ silence: Silence) -> Bool {
        let (start, end) = (max(group.start, silence.start), min(group.end, silence.end))
        guard end > start else { return false }
        return 2 * (end - start) >= min(group.end - group.start, silence.end - silence.start)
    }
}
