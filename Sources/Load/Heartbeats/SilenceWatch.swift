import EventLoop
import Record
import RunProfile
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

/// How often something happened over the last minute and a half, in fixed memory.
struct ActivityBins {
    /// How long a bin lasts, in ns.
    static let width: Nanoseconds = 50 * .perMillisecond
    /// Bins that are kept.
    static let binCount = 2_048

    private var counts = [UInt32](repeating: 0, count: binCount)
    /// Which round of the bins each belongs to.
    private var rounds = [UInt32](repeating: 0, count: binCount)

    /// Notes that it happened at a moment, in ns of the monotonic clock.
    mutating func note(at moment: Nanoseconds) {
        let (bin, round) = Self.place(moment / Self.width)
        if rounds[bin] != round { (counts[bin], rounds[bin]) = (0, round) }
        counts[bin] &+= 1
    }

    /// How often it happened in the bins that lie wholly between two moments; what is too old is not known.
    func count(from start: Nanoseconds, to end: Nanoseconds) -> UInt64 {
        let (first, last) = (start / Self.width + 1, end / Self.width)
        guard last > first else { return 0 }
        return (max(first, last - min(last, UInt64(Self.binCount)))..<last).reduce(0) { sum, number in
            let (bin, round) = Self.place(number)
            return rounds[bin] == round ? sum + UInt64(counts[bin]) : sum
        }
    }

    private static func place(_ number: UInt64) -> (bin: Int, round: UInt32) {
        (Int(number % UInt64(binCount)), UInt32(truncatingIfNeeded: number / UInt64(binCount)))
    }
}

/// How often bytes come on one stream, in 8 bytes: what tells a silence from the stream's own way.
struct StreamPace {
    /// The shortest silence that is looked at, in ns.
    static let shortestSilence: Nanoseconds = 500 * .perMillisecond
    /// Bytes that come closer together than this belong to one burst, in ns.
    static let burst: Nanoseconds = 10 * .perMillisecond

    /// The longest gap that was no silence, in µs.
    private var longest: UInt32 = 0
    /// The usual gap between two bursts, smoothed, in µs; 0 before the first.
    private var usual: UInt32 = 0

    /// The longest gap that was no silence, in ns.
    var longestGap: Nanoseconds { max(Nanoseconds(longest) * .perMicrosecond, Self.burst) }

    /// Learns a gap that was no silence, in ns.
    mutating func learn(_ gap: Nanoseconds) {
        guard gap >= Self.burst else { return }
        let gap = UInt32(clamping: gap / .perMicrosecond)
        longest = max(longest, gap)
        usual = usual == 0 ? gap : UInt32(truncatingIfNeeded: (UInt64(usual) * 7 + UInt64(gap)) / 8)
    }

    /// Whether a gap is a silence: far longer than any before, on a stream that was long enough never so silent.
    ///
    /// A stream that beats like a clock is silent sooner than one whose bytes come as they will.
    ///
    /// - Parameters:
    ///   - gap: the gap, in ns.
    ///   - history: how long the stream had been open when it began, in ns.
    ///   - promise: the longest time between two beats on a stream that has had one, in ns; nil where none is known. It
    ///     stands for a history.
    func isSilence(_ gap: Nanoseconds, after history: Nanoseconds, promise: Nanoseconds? = nil) -> Bool {
        guard gap >= Self.shortestSilence else { return false }
        let known = longestGap
        if let promise, known <= promise, gap >= promise + promise / 2 { return true }
        guard history >= Self.shortestSilence, history >= gap / 4 else { return false }
        guard history >= 3 * known else { return false }
        let isRegular = UInt64(usual) * 10 >= UInt64(longest) * 7
        return isRegular ? gap >= known + known / 2 : gap >= 3 * known
    }
}

/// When streams fell silent that were never so silent before, and how many did at once.
extension Worker {
    /// Takes a gap between two bytes of a stream, or from its last byte to its end.
    ///
    /// - Parameter isOver: whether a byte has ended it.
    func noteGap(_ gap: Nanoseconds, isOver: Bool, _ slot: Int) {
        let connection = slab.base + slot
        let last = connection.pointee.lastByteAt
        let history = last - min(connection.pointee.rhythm.openedAt, last)
        guard connection.pointee.pace.isSilence(gap, after: history, promise: promise(slot)) else {
            return connection.pointee.pace.learn(gap)
        }
        fellSilent(gap, after: history, isOver: isOver, slot)
    }

    /// Notes beats that were missed where their stream has just been silent.
    func noteMissedInSilence(_ missed: UInt64, since lastBeat: Nanoseconds, _ slot: Int) {
        guard missed > 0, silentSlot == slot, silentAt == moment else { return }
        silences.noteMissed(missed, from: lastBeat, to: moment)
    }

    @inline(never)
    private func fellSilent(_ gap: Nanoseconds, after history: Nanoseconds, isOver: Bool, _ slot: Int) {
        let connection = slab.base + slot
        let start = connection.pointee.lastByteAt
        // While this worker stood still it could not have seen a byte.
        let own = min(stalls.length(from: start, to: moment), gap)
        guard connection.pointee.pace.isSilence(gap - own, after: history, promise: promise(slot)) else { return }
        connection.pointee.rhythm.noteSilence()
        (silentSlot, silentAt) = (slot, moment)
        silences.note(
            SilenceWatch.Silence(
                start: start,
                end: moment,
                isOver: isOver,
                usual: connection.pointee.pace.longestGap
            )
        ) {
            var count: UInt64 = 0
            for slot in slab.slots where slab.base[slot].isOpen && slab.base[slot].isHeld {
                let opened = slab.base[slot].rhythm.openedAt
                let history = start - min(opened, start)
                if slab.base[slot].pace.isSilence(gap, after: history, promise: promise(slot)) { count += 1 }
            }
            return count
        }
    }

    /// The longest time between two beats that a stream has promised by a first one, in ns; nil where it has not.
    private func promise(_ slot: Int) -> Nanoseconds? {
        slab.base[slot].beats > 0 ? settings.heartbeat?.longestInterval : nil
    }
}
