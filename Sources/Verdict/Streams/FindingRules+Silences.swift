import Record
import Vocabulary

extension FindingRules {
    /// All streams fell silent at once, and went on: the server, or the path to it, stood still.
    var serverStalled: Finding? {
        let judge = SilenceJudge(record)
        let stalls = judge.stalls.sorted {
            judge.isCertain($0) == judge.isCertain($1) ? $0.length > $1.length : judge.isCertain($0)
        }
        guard let first = stalls.first else { return nil }
        let isCertain = judge.isCertain(first)
        let title: String
        if !isCertain || judge.witness(of: first) == .answered {
            title = "\(streams(first)) fell silent at once \(span(first))"
        } else {
            title =
                "the server stood still for \(Wording.seconds(first.length)): \(streams(first)) fell silent \(span(first))"
        }
        let others = stalls.dropFirst().map { "Again \(span($0)): \(streams($0))." }
        return finding(.serverStalled, isCertain ? .warning : .info, title, account(of: first, judge) + others)
    }

    /// Streams fell silent beside slow readers until these left.
    var slowReadersSilenceOthers: Finding? {
        let judge = SilenceJudge(record)
        let blocked = judge.blocked.sorted { left, right in
            (left.left != nil) == (right.left != nil)
                ? left.silence.length > right.silence.length : left.left != nil
        }
        guard let first = blocked.first, let slow = record.load.slowReaders, let start = slow.start else { return nil }
        let severity: Severity =
            first.left != nil ? .failure : judge.isPromised(first.silence) ? .warning : .info
        let until = first.left == nil ? "beside slow readers, and stayed silent" : "until a slow reader left"
        let others = blocked.dropFirst().map { "Again \(span($0.silence)): \(streams($0.silence))." }
        let there = "\(Wording.count(slow.streams, "slow reader")) came from \(moment(start)) on"
        let left = first.left.map { "; one left at \(moment($0))" } ?? ""
        return finding(
            .slowReadersHarmOthers,
            severity,
            "\(streams(first.silence)) fell silent \(span(first.silence)), \(until)",
            ["\(there)\(left)."] + account(of: first.silence, judge) + others
                + ["Look for a write that waits for a slow client while others wait for it."]
        )
    }

    /// The beats that are counted in the findings above.
    var beatsMissedInSilence: UInt64 { SilenceJudge(record).missedBeats }

    private func account(of silence: CommonSilence, _ judge: SilenceJudge) -> [String] {
        var lines = [
            "Before, none of them was silent for more than \(DurationText.format(silence.usual)); "
                + "bytes came again on \(Wording.number(silence.resumed))."
        ]
        for look in judge.looks(at: silence) {
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
        if !judge.isCertain(silence) {
            lines.append(
                "Nobody asked the server meanwhile: it stood still, or had nothing to say. An http probe or heartbeat: tells."
            )
        }
        return lines
    }

    private func streams(_ silence: CommonSilence) -> String {
        let watched = max(silence.watched, silence.streams)
        guard silence.streams < watched else {
            return watched == 1 ? "the one stream" : "all \(Wording.count(watched, "stream"))"
        }
        return "\(Wording.number(silence.streams)) of \(Wording.count(watched, "stream"))"
    }

    private func span(_ silence: CommonSilence) -> String { "from \(moment(silence.start)) to \(moment(silence.end))" }

    /// A moment of the load as one of the run.
    private func moment(_ time: Double) -> String {
        Wording.seconds((record.phases.first { $0.name == .load }?.start ?? 0) + time)
    }
}
