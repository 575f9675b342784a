import Record
import Vocabulary

extension FindingKind {
    /// All streams fell silent at once, and went on.
    public static let serverStalled = FindingKind(
        "server-stalled",
        matters: "Every user waited at once, and new ones were not served: proxies and clients with a shorter patience "
            + "have given up by then.",
        look: "Look for what blocks the server's one loop or lock at that moment: a collection of garbage, a "
            + "synchronous call, a full disk, a paused container."
    ) { $0.serverStalled }
}

extension FindingRules {
    /// All streams fell silent at once, and went on: the server, or the path to it, stood still.
    fileprivate var serverStalled: Finding? {
        let stalls = silences.stalls.sorted {
            silences.isCertain($0) == silences.isCertain($1) ? $0.length > $1.length : silences.isCertain($0)
        }
        guard let first = stalls.first else { return nil }
        let isCertain = silences.isCertain(first)
        let title: String
        if !isCertain || silences.witness(of: first) == .answered {
            title = "\(silences.streams(first)) fell silent at once \(silences.span(first))"
        } else {
            title =
                "the server stood still for \(Wording.seconds(first.length)): \(silences.streams(first)) fell silent "
                + silences.span(first)
        }
        let others = stalls.dropFirst().map { "Again \(silences.span($0)): \(silences.streams($0))." }
        return finding(.serverStalled, isCertain ? .warning : .info, title, silences.account(of: first) + others)
    }
}

/// Tells silences of many streams at once by what they were: a server that stood still, or one that waited for a client
/// that does not read; a server that had nothing to say is neither.
struct SilenceJudge {
    /// What else looked at the server while its streams were silent.
    enum Witness {
        /// It answered nobody.
        case stoodStill
        /// It answered others.
        case answered
        /// Nobody looked.
        case nobody
    }

    /// A silence that ended as a slow reader left.
    struct Blocked {
        /// The silence.
        let silence: CommonSilence
        /// When the slow reader left, in seconds since the load's start; nil where the silence outlasted all.
        let left: Double?
    }

    /// A probe that reads the server through its own front, and how it fared in a silence.
    struct Look {
        /// The probe's name.
        let probe: String
        /// Readings that were answered within it.
        let answered: Int
        /// Readings that were due within it.
        let due: Int
    }

    /// The bounds of what is told from silences; times are in seconds.
    private enum Limits {
        static let shortest = 0.5
        static let fewestStreams: UInt64 = 3
        /// Streams of which each has a clock of its own are told from one broadcast by as many.
        static let fewestClocks: UInt64 = 5
        static let share = 0.8
        /// The share of streams that slow readers must silence to be blamed, or ``fewestStreams``.
        static let harmedShare = 0.5
        /// How long after a slow reader has left a silence may end and still be ended by that.
        static let slack = 0.25
        /// How much longer a server that surely stood still may take, as a share of the silence.
        static let catchUp = 0.25
        /// The readings, or connections, that must have been in vain.
        static let fewestVain = 2
        /// More silences than these that nobody promised to avoid are the server's own way to speak.
        static let mostUnpromised = 3
    }

    private let record: RunRecord
    private let silences: [CommonSilence]
    private let loadStart: Double

    /// A judge of a run's silences.
    init(_ record: RunRecord) {
        self.record = record
        loadStart = record.phases.first { $0.name == .load }?.start ?? 0
        // Past its ceiling a server may stand still. The generator's own stalls are taken off where silences are noted.
        let noted = record.capacity == nil ? record.load.silences ?? [] : []
        silences = noted.filter { $0.length >= Limits.shortest }
    }

    /// The silences in which the server waited for slow readers, as far as can be told.
    var blocked: [Blocked] {
        guard let slow = record.load.slowReaders, let start = slow.start else { return [] }
        let end = max(slow.end ?? start, start)
        return silences.compactMap { silence in
            let usual = silence.usual.inSeconds
            guard silence.start + usual >= start, silence.start <= end,
                silence.streams >= Limits.fewestStreams || silence.share >= Limits.harmedShare
            else { return nil }
            guard silence.resumed > 0 else {
                return silence.end >= end - Limits.slack ? Blocked(silence: silence, left: nil) : nil
            }
            // Where it is certain that the server waited, it may take a while to catch up.
            let catchUp = isCertain(silence) ? silence.length * Limits.catchUp : 0
            let slack = max(Limits.slack, 2 * usual, catchUp)
            guard let left = leaving(slow, within: slack, of: silence, span: end - start) else { return nil }
            return Blocked(silence: silence, left: left)
        }
    }

    /// The silences in which the server, or the path to it, stood still.
    var stalls: [CommonSilence] {
        let known = Set(blocked.map(\.silence.start))
        let common = silences.filter { silence in
            silence.streams >= Limits.fewestStreams && silence.share >= Limits.share
                && 2 * silence.resumed >= silence.streams && !known.contains(silence.start)
        }
        let told = common.filter { isPromised($0) || witness(of: $0) != .answered }
        let unpromised = told.count { !isCertain($0) }
        return unpromised > Limits.mostUnpromised ? told.filter(isCertain) : told
    }

    /// Whether a silence can be nothing but a server that stood still, or broke what its heartbeat promises.
    func isCertain(_ silence: CommonSilence) -> Bool {
        if isPromised(silence) || witness(of: silence) == .stoodStill { return true }
        // What is published reaches all streams at once; clocks of their own have no reason to stop together.
        return silence.streams >= Limits.fewestClocks
            && silence.start - silence.firstStart >= silence.usual.inSeconds / 2
    }

    /// Whether bytes were to come in the meantime: a heartbeat that is expected, or one that was found.
    func isPromised(_ silence: CommonSilence) -> Bool {
        if let expected = record.heartbeatExpected { return silence.length > expected.longestInterval.inSeconds }
        let beats = record.load.heartbeat.discovered ?? []
        return beats.contains { beat in
            guard let period = beat.period else { return false }
            return Self.isHeartbeat(beat) && silence.length > 1.5 * period.inSeconds
        }
    }

    /// What probes and new connections saw of the server.
    func witness(of silence: CommonSilence) -> Witness {
        let looks = looks(at: silence)
        if silence.answered > 0 || looks.contains(where: { $0.answered > 0 }) { return .answered }
        let isVain = silence.asked >= UInt64(Limits.fewestVain) || looks.contains { $0.due >= Limits.fewestVain }
        return isVain ? .stoodStill : .nobody
    }

    /// How the probes fared that ask the server itself.
    func looks(at silence: CommonSilence) -> [Look] {
        // It may have stopped some time after its last bytes.
        let (start, end) = (loadStart + silence.start + silence.usual.inSeconds, loadStart + silence.end)
        guard end > start else { return [] }
        let asking = record.gauges.filter { $0.isOfProcess != true }
        var seen: Set<String> = []
        return asking.compactMap { gauge in
            guard !seen.contains(gauge.probe), let times = record.series[gauge.seriesName]?.t, times.count > 2 else {
                return nil
            }
            let spans = zip(times.dropFirst(), times).map { $0 - $1 }.sorted()
            let usual = spans[spans.count / 2]
            guard usual > 0 else { return nil }
            seen.insert(gauge.probe)
            // A reading is listed by its beginning: the last one within may have been answered only afterwards.
            let within = times.count { $0 > start && $0 < end }
            return Look(probe: gauge.probe, answered: max(0, within - 1), due: Int((end - start) / usual))
        }
    }

    /// Heartbeats that were missed in silences that have a finding of their own.
    var missedBeats: UInt64 {
        (stalls + blocked.map(\.silence)).reduce(0) { $0.saturatingAdding($1.missed) }
    }

    /// Streams whose time was over while the server stood still: that their beats ended is no matter of theirs.
    var endedInStalls: UInt64 {
        stalls.reduce(0) { $0.saturatingAdding($1.streams - min($1.resumed, $1.streams)) }
    }

    /// When the slow reader left with which a silence ended; nil where none did, or where they leave all the time.
    private func leaving(
        _ slow: SlowReaderRecord,
        within slack: Double,
        of silence: CommonSilence,
        span: Double
    ) -> Double? {
        let moments = (slow.left ?? [slow.end].compactMap(\.self)).sorted()
        var apart = 0
        var last = -Double.infinity
        for moment in moments where moment - last > slack { (apart, last) = (apart + 1, moment) }
        guard Double(apart) * slack <= span / 2 else { return nil }
        return moments.last { silence.end >= $0 - Limits.slack / 2 && silence.end <= $0 + slack }
    }

    private static func isHeartbeat(_ beat: DiscoveredBeat) -> Bool {
        switch beat.kind {
        case .comment, .emptyEvent: true
        case .event:
            ["ping", "heartbeat", "keepalive", "keep-alive"].contains { beat.name?.lowercased().contains($0) == true }
        case .any: false
        }
    }
}

/// A silence in words.
extension SilenceJudge {
    /// What was seen of a silence, a sentence each.
    func account(of silence: CommonSilence) -> [String] {
        var lines = [
            "Before, none of them was silent for more than \(DurationText.format(silence.usual)); "
                + "bytes came again on \(Wording.number(silence.resumed))."
        ]
        for look in looks(at: silence) {
            lines.append(
                look.answered > 0
                    ? "Probe \(look.probe) was answered \(Wording.count(UInt64(look.answered), "time")) meanwhile."
                    : "Probe \(look.probe) was not answered meanwhile, with "
                        + "\(Wording.count(UInt64(look.due), "reading")) due."
            )
        }
        if silence.asked > 0 || silence.answered > 0 {
            lines.append(
                "\(Wording.count(silence.asked, "connection")) begun meanwhile; "
                    + "\(Wording.count(silence.answered, "answer")) came."
            )
        }
        if silence.missed > 0 {
            lines.append("\(Wording.count(silence.missed, "heartbeat")) missed in it, counted here and not singly.")
        }
        if !isCertain(silence) {
            lines.append(
                "Nobody asked the server meanwhile: it stood still, or had nothing to say. An http probe or heartbeat: tells."
            )
        }
        return lines
    }

    /// The streams that fell silent: `all 5 streams`, `4 of 5 streams`.
    func streams(_ silence: CommonSilence) -> String {
        let watched = max(silence.watched, silence.streams)
        guard silence.streams < watched else {
            return watched == 1 ? "the one stream" : "all \(Wording.count(watched, "stream"))"
        }
        return "\(Wording.number(silence.streams)) of \(Wording.count(watched, "stream"))"
    }

    /// From when to when it lasted.
    func span(_ silence: CommonSilence) -> String { "from \(moment(silence.start)) to \(moment(silence.end))" }

    /// A moment of the load as one of the run.
    func moment(_ time: Double) -> String { Wording.seconds(loadStart + time) }
}
