import Record
import Vocabulary

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
