import Record
import Vocabulary

extension FindingKind {
    /// The server ended streams that had nothing to say.
    public static let quietStreamsEnded = FindingKind(
        "quiet-streams-ended",
        matters: "Healthy clients of quiet topics are thrown out, since silence is taken for absence.",
        look: "Send a heartbeat (a comment line will do) more often than the shortest timeout, or do not count silence "
            + "against a client that only listens.",
        isExcusedPastCeiling: true
    ) { $0.quietStreamsEnded }
}

extension FindingRules {
    fileprivate var quietStreamsEnded: Finding? {
        let ended = heartbeat.endedForSilence
        guard ended > 0 else { return nil }
        let words = EndedWording(record)
        return finding(
            .quietStreamsEnded,
            words.mayBeRecycled || isByChance(ended) ? .warning : .failure,
            words.quiet ?? "\(Wording.count(ended, "stream")) ended by the server while quiet",
            (words.quiet == nil ? [] : ["\(Wording.count(ended, "stream")) ended by the server while quiet."]) + [
                "\(Wording.count(heartbeat.streams, "stream")) watched; "
                    + "\(Wording.count(heartbeat.beats, "heartbeat")) received."
            ] + longestSilence + words.evidence + [
                words.mayBeRecycled
                    ? "To tell them apart, publish something meanwhile: it restarts a timer, and no maximum age."
                    : "Look at the server's inactivity timer: without a heartbeat it ends healthy clients of quiet topics."
            ]
        )
    }

    /// Whether streams may have been quiet at their end without any reason: no heartbeat was expected, most were not
    /// quiet, and those that were had been for various times.
    private func isByChance(_ quiet: UInt64) -> Bool {
        guard record.heartbeatExpected == nil, let ended = heartbeat.ended,
            ended.orderly != nil || ended.cut != nil, 2 * quiet < ended.ages.count
        else { return false }
        return [ended.orderly, ended.cut].allSatisfy { group in
            if case .silence = group?.cause { false } else { true }
        }
    }
}

extension FindingKind {
    /// The server ended streams before their time.
    public static let streamsEnded = FindingKind(
        "streams-ended",
        matters: "Clients must come back each time; events in between are lost unless the server replays them.",
        look: "Look for a maximum age or a timeout in the server, and in each proxy before it, of the time that the "
            + "evidence names.",
        isExcusedPastCeiling: true
    ) { $0.streamsEnded }
}

extension FindingRules {
    /// The server ended streams that it was still wanted for, that were not quiet, and that had nothing in common.
    fileprivate var streamsEnded: Finding? {
        let ended = record.load.connections.ended
        let quiet = heartbeat.endedForSilence
        // Those of slow readers, and those without their end marker, are told of by findings of their own.
        let others = (record.load.slowReaders?.ended ?? 0).saturatingAdding(record.load.streams?.unmarked ?? 0)
        guard ended > quiet.saturatingAdding(others), !isOrderlyEndExplained else { return nil }
        let words = EndedWording(record)
        let count = "\(Wording.count(ended - others, "stream")) ended by the server before their time"
        return finding(
            .streamsEnded,
            // A server that tells when to come back means to end streams, be it one by one or all at a restart.
            heartbeat.ended?.orderly?.isToldRetry == true ? .info : .warning,
            words.old ?? count,
            (words.old == nil ? [] : [count + "."]) + words.evidence + [
                "They ended in good order, so they are no errors; \(Wording.number(quiet)) of them were quiet.",
                "Hold shorter than the server's streams last, or set a threshold: connections.ended == 0.",
            ]
        )
    }
}

extension FindingKind {
    /// Streams were cut at one age, though they were not quiet.
    public static let streamsCutAtAge = FindingKind(
        "streams-cut-at-age",
        matters: "A healthy client loses its stream in the middle, again and again, and what was being sent then is "
            + "lost.",
        look: "Look for an absolute limit of that time: a write or request timeout of the server (Go's WriteTimeout, a "
            + "platform's longest request), or of a proxy. Lift it for streams, or end them in good order before.",
        isExcusedPastCeiling: true
    ) { $0.streamsCutAtAge }
}

extension FindingRules {
    /// The share of the streams that got as old which must have been cut for a limit of the server's.
    private static let limitedShare = 0.05

    fileprivate var streamsCutAtAge: Finding? {
        guard let cut = endedAlive?.cut, case .age(let age) = cut.cause else { return nil }
        let outlived = outlived(age)
        guard Double(age.count) >= Self.limitedShare * Double(age.count + outlived) else { return nil }
        return finding(
            .streamsCutAtAge,
            .failure,
            "streams are cut at age \(DurationText.format(age.typical)) whatever they carry: an absolute time limit",
            [
                "\(Wording.count(age.count, "stream")) cut, not in good order: reset, or within the body.",
                spread(age, of: cut, outlived),
            ] + silences(cut) + [
                "An age since the stream's start, not since its last byte: events and heartbeats do not prolong it."
            ]
        )
    }
}

extension FindingKind {
    /// Streams ended in good order at one age, though they were not quiet.
    public static let streamsRecycled = FindingKind(
        "streams-recycled",
        matters: "Clients come back each time: cheap where events are replayed, a gap where they are not.",
        look: "Nothing, if the age is one that you chose; `reconnect` in the profile shows what is lost in between.",
        isExcusedPastCeiling: true
    ) { $0.streamsRecycled }
}

extension FindingRules {
    fileprivate var streamsRecycled: Finding? {
        guard let orderly = endedAlive?.orderly, case .age(let age) = orderly.cause else { return nil }
        let time = DurationText.format(age.typical)
        return finding(
            .streamsRecycled,
            .info,
            orderly.isToldRetry
                ? "streams are recycled at age \(time), in good order"
                : "streams end in good order at age \(time): recycled, or a timer that what they receive does not restart",
            [
                "\(Wording.count(age.count, "stream")) ended in good order"
                    + (orderly.isToldRetry ? ", and their clients were told when to come back." : "."),
                spread(age, of: orderly, outlived(age)),
            ] + silences(orderly) + unframed(orderly)
        )
    }
}

extension FindingKind {
    /// Streams of different ages ended in the same instant.
    public static let streamsEndedTogether = FindingKind(
        "streams-ended-together",
        matters: "All streams of one process, or one proxy's connection, ended at once, and come back at once.",
        look: "Look at the server's log for that moment: a worker that was killed, restarted or recycled, a "
            + "deployment, a proxy that was reloaded.",
        isExcusedPastCeiling: true
    ) { $0.streamsEndedTogether }
}

extension FindingRules {
    fileprivate var streamsEndedTogether: Finding? {
        guard record.restart == nil else { return nil }
        let cut = together(endedAlive?.cut)
        // How streams in good order came back is told with the reconnects.
        guard let found = cut ?? (record.load.reconnect == nil ? together(endedAlive?.orderly) : nil),
            let first = found.instants.first
        else { return nil }
        let how = cut == nil ? "ended" : "were cut"
        let moments = found.instants.map { DurationText.format($0.index * EndedGroup.Instant.length) }
        let when =
            found.instants.count == 1
            ? "in the same instant" : "in \(Wording.count(UInt64(found.instants.count), "instant"))"
        return finding(
            .streamsEndedTogether,
            cut == nil ? .info : .warning,
            "\(Wording.count(found.streams, "stream")) of different ages \(how) \(when): a worker that was killed or restarted",
            [
                "At \(moments.joined(separator: ", ")) of the load.",
                "Their ages: \(DurationText.format(first.youngest)) to \(DurationText.format(first.oldest)) "
                    + "in the first instant. No limit of age or silence ends streams so.",
            ]
        )
    }

    /// The streams that the server ended; nil where they were not looked at, or ended with the server.
    private var endedAlive: EndedStreams? { record.serverDeath == nil ? heartbeat.ended : nil }

    private func together(_ group: EndedGroup?) -> (streams: UInt64, instants: [EndedGroup.Instant])? {
        if case .together(let streams, let instants) = group?.cause { (streams, instants) } else { nil }
    }

    /// Whether another finding tells why streams ended in good order.
    private var isOrderlyEndExplained: Bool {
        switch endedAlive?.orderly?.cause {
        case .age: true
        case .together: record.restart == nil
        case .silence, nil: false
        }
    }

    /// How many streams got older than those of a cluster, and were not ended by the server.
    private func outlived(_ age: SpanCluster) -> UInt64 { heartbeat.unendedAges?.count(above: age.high) ?? 0 }

    private func spread(_ age: SpanCluster, of group: EndedGroup, _ outlived: UInt64) -> String {
        let all = age.count + outlived
        let share = Wording.number((Double(age.count) / Double(max(1, all)) * 100).rounded())
        return "Their ages: \(DurationText.format(age.low)) to \(DurationText.format(age.high)), "
            + "a spread of \(DurationText.format(age.width)). Of the streams that got so old \(share)% ended there, "
            + "and \(Wording.number(outlived)) lived on."
    }

    private func silences(_ group: EndedGroup) -> [String] {
        group.silences.value(atPercentile: 50).map {
            ["They were not quiet: half had received something within the last \(DurationText.format($0))."]
        } ?? []
    }

    private func unframed(_ group: EndedGroup) -> [String] {
        group.unframed == 0
            ? []
            : ["\(Wording.count(group.unframed, "body", "bodies")) ended with the connection: a cut looks the same."]
    }
}

/// What the ages of the streams that a server ended tell, in words.
struct EndedWording {
    private let record: RunRecord

    /// The words of a run.
    init(_ record: RunRecord) { self.record = record }

    /// How streams ended that were quiet; nil where they ended at various times.
    var quiet: String? {
        guard let timeout = commonSilence else { return nil }
        let time = DurationText.format(timeout)
        if mayBeRecycled { return "quiet streams end in good order at \(time): recycled, or an inactivity timer" }
        return heartbeat.beats == 0
            ? "quiet streams end at \(time): an inactivity timer, no heartbeat"
            : "quiet streams end \(time) after their last byte: an inactivity timer, and heartbeats that stop"
    }

    /// How streams ended that were not quiet; nil where they ended at various ages, or perhaps all at one moment.
    var old: String? {
        guard record.serverDeath == nil, let ended = heartbeat.ended, let age = ended.commonAge, !ended.endedAtOnce
        else { return nil }
        let time = DurationText.format(age)
        return heartbeat.beats > 0
            ? "streams end at age \(time) although heartbeats came: the timer does not see them, or a maximum age"
            : "streams end at age \(time): a maximum age, or a timer that what they receive does not restart"
    }

    /// What the ages leave open.
    var evidence: [String] {
        guard let ended = heartbeat.ended, let age = ended.commonAge else { return [] }
        let time = "Most were ended at an age of about \(DurationText.format(age))"
        guard ended.endedAtOnce else { return ["\(time), whenever they began."] }
        return ["\(time), and all at about one moment: let them arrive over some time to tell a timer from a restart."]
    }

    /// Whether the streams that were quiet were so for their whole life, and their clients told when to come back: what
    /// ends quiet streams and what recycles all streams then look the same.
    var mayBeRecycled: Bool {
        guard let group = heartbeat.ended?.orderly, group.isToldRetry, group.isQuietForLife else { return false }
        return heartbeat.ended?.cut?.quiet ?? 0 == 0
    }

    /// How long most of the quiet streams had been silent, in ns; nil where for various times.
    private var commonSilence: Nanoseconds? {
        for group in [heartbeat.ended?.orderly, heartbeat.ended?.cut] {
            if case .silence(let silence) = group?.cause { return silence.typical }
        }
        return heartbeat.quietLives?.cluster(spread: EndedStreams.clusterSpread, fewest: EndedStreams.fewest)
    }

    private var heartbeat: HeartbeatRecord { record.load.heartbeat }
}
