import Record
import Vocabulary

extension FindingRules {
    /// What clients that came back got of the messages that they had missed.
    func resume(_ reconnect: ReconnectRecord) -> [Finding] {
        guard let resume = reconnect.resume else { return [] }
        return [lost(resume), repeated(resume), unsupported(resume)].compactMap(\.self)
    }

    private func lost(_ resume: ResumeCounts) -> Finding? {
        guard let lost = resume.lost, lost > 0 else { return nil }
        return finding(
            .lostOnResume,
            .failure,
            "\(Wording.count(lost, "message")) lost on resume, of \(Wording.number(resume.missedWhileAway)) missed",
            [
                "They were published while their clients were away, and left out of what these were sent when they came "
                    + "back with Last-Event-ID; \(Wording.number(resume.replayed)) others were sent.",
                "Look at where a resumed stream starts: with the first event after the one that the client names.",
            ] + facts(resume)
        )
    }

    private func repeated(_ resume: ResumeCounts) -> Finding? {
        guard resume.repeated > 0 else { return nil }
        return finding(
            .duplicateOnResume,
            .failure,
            "\(Wording.count(resume.repeated, "message")) repeated on resume",
            [
                "Their clients had them already, and came back with an ID that says so.",
                "Look at where a resumed stream starts: after the event that the client names, not with it.",
            ] + facts(resume)
        )
    }

    private func unsupported(_ resume: ResumeCounts) -> Finding? {
        guard !resume.isSupported, resume.missing > 0 else { return nil }
        return finding(
            .resumeUnsupported,
            .warning,
            "the server does not resume streams: \(Wording.count(resume.missing, "message")) missed by clients that were "
                + "away, none sent again",
            ["Clients named the last event that they had seen (Last-Event-ID); no missed message ever came."]
                + facts(resume)
        )
    }

    private func facts(_ resume: ResumeCounts) -> [String] {
        ["\(Wording.count(resume.resumed, "stream")) opened with Last-Event-ID."]
            + (resume.unjudged > 0 ? ["\(Wording.count(resume.unjudged, "message")) could not be judged."] : [])
    }
}
