import Record
import Vocabulary

/// Streams that the server ended while they were wanted: what their ages and moments tell.
extension FindingRules {
    /// The share of the streams that got as old which must have been cut for a limit of the server's.
    private static let limitedShare = 0.05

    /// Streams that ended at one age, or in one instant.
    var ofEndings: [Finding?] {
        // What comes with a server's death is its consequence.
        guard record.serverDeath == nil else { return [] }
        return [streamsCutAtAge, streamsRecycled, streamsEndedTogether]
    }

    /// The server ended streams that it was still wanted for, that were not quiet, and that had nothing in common.
    var streamsEnded: Finding? {
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

    /// Streams were cut at one age, though they were not quiet.
    private var streamsCutAtAge: Finding? {
        guard let cut = heartbeat.ended?.cut, case .age(let age) = cut.cause else { return nil }
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

    /// Streams ended in good order at one age, though they were not quiet.
    private var streamsRecycled: Finding? {
        guard let orderly = heartbeat.ended?.orderly, case .age(let age) = orderly.cause else { return nil }
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

    /// Streams of different ages ended in the same instant.
    private var streamsEndedTogether: Finding? {
        guard record.restart == nil else { return nil }
        let cut = together(heartbeat.ended?.cut)
        // How streams in good order came back is told with the reconnects.
        guard let found = cut ?? (record.load.reconnect == nil ? together(heartbeat.ended?.orderly) : nil),
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

    private var heartbeat: HeartbeatRecord { record.load.heartbeat }

    private func together(_ group: EndedGroup?) -> (streams: UInt64, instants: [EndedGroup.Instant])? {
        if case .together(let streams, let instants) = group?.cause { (streams, instants) } else { nil }
    }

    /// Whether another finding tells why streams ended in good order.
    private var isOrderlyEndExplained: Bool {
        guard record.serverDeath == nil else { return false }
        return switch heartbeat.ended?.orderly?.cause {
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
