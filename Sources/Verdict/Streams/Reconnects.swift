import Record
import Vocabulary

extension FindingRules {
    /// The shortest reconnection time with which clients do not come back all at the same moment, in ns.
    static let shortRetry: Nanoseconds = 100 * .perMillisecond

    /// What became of streams that were closed and were to come back.
    var reconnects: [Finding] {
        guard let reconnect = record.load.reconnect else { return [] }
        return [retryStorm(reconnect), incomplete(reconnect), unsentIDs(reconnect)].compactMap(\.self)
            + resume(reconnect) + massDrops(reconnect) + massClosures(reconnect)
    }

    /// The server tells its clients to come back at once.
    private func retryStorm(_ reconnect: ReconnectRecord) -> Finding? {
        guard let retry = reconnect.retry, retry.shortest < Self.shortRetry else { return nil }
        let rate = reconnect.peakRate.map { ", and they came at up to \(Wording.number($0)) a second" } ?? ""
        let bound = DurationText.format(Self.shortRetry)
        return finding(
            .retryStorm,
            reconnect.attempts > 0 ? .failure : .warning,
            "the server tells clients to come back after \(DurationText.format(retry.shortest))\(rate)",
            [
                "It told a reconnection time \(Wording.count(retry.told, "time")), \(Wording.number(retry.zeros)) of "
                    + "them 0; the longest was \(DurationText.format(retry.longest)).",
                "Clients that lose their streams together come back together, and again as often as they fail: "
                    + "a `retry` below \(bound) leaves a server no time to recover. Some seconds, drawn for each "
                    + "client, spread them.",
            ] + facts(reconnect)
        )
    }

    /// Streams that did not come back.
    private func incomplete(_ reconnect: ReconnectRecord) -> Finding? {
        guard reconnect.missing > 0 else { return nil }
        var evidence: [String] = []
        if reconnect.gaveUp > 0 {
            evidence.append("\(Wording.count(reconnect.gaveUp, "client")) gave up after failures in a row.")
        }
        if reconnect.awayAtEnd > 0 {
            evidence.append("\(Wording.count(reconnect.awayAtEnd, "client")) had no stream when their time was over.")
        }
        return finding(
            .reconnectIncomplete,
            .failure,
            "\(Wording.count(reconnect.missing, "stream")) did not come back",
            evidence + facts(reconnect)
        )
    }

    /// Last event IDs that no request can carry.
    private func unsentIDs(_ reconnect: ReconnectRecord) -> Finding? {
        let count = reconnect.unsentIDs.values.reduce(0 as UInt64) { $0.saturatingAdding($1) }
        guard count > 0 else { return nil }
        return finding(
            .lastEventIDUnsent,
            .warning,
            "\(Wording.count(count, "request")) could not say which event was the last",
            listed(reconnect.unsentIDs) + ["The server's event IDs must fit into a header line."]
        )
    }

    /// How each mass drop went.
    private func massDrops(_ reconnect: ReconnectRecord) -> [Finding] {
        reconnect.drops.filter { $0.closed > 0 }.map { drop in
            let dropped = "\(Wording.count(drop.closed, "stream")) dropped at once (\(drop.manner.rawValue))"
            let time = drop.lastReturn.map(DurationText.format)
            let end =
                drop.isComplete
                ? "all back after \(time ?? "0 s")"
                : "\(Wording.number(drop.returned)) back" + (time.map { ", the last after \($0)" } ?? "")
            let outage = reconnect.outages.last { $0.start <= drop.at.inSeconds }
            return finding(
                .reconnectStorm,
                .info,
                "\(dropped): \(end)",
                ["It was \(DurationText.format(drop.at)) into the load."] + (outage.map(facts) ?? facts(reconnect))
            )
        }
    }

    /// Times in which most streams were away though nobody had dropped them.
    private func massClosures(_ reconnect: ReconnectRecord) -> [Finding] {
        let many = max(2, Double(record.load.connections.peak) * Outage.massShare)
        return reconnect.outages.compactMap { outage in
            let isPlanned = reconnect.drops.contains { drop in
                drop.closed > 0 && drop.at.inSeconds >= outage.start
                    && drop.at.inSeconds <= outage.end ?? .infinity
            }
            guard Double(outage.mostAway) >= many, !isPlanned else { return nil }
            let end =
                outage.lasted.map { "all back after \(Self.seconds($0))" }
                ?? "\(Wording.number(outage.returned)) came back"
            return finding(
                .reconnectStorm,
                .info,
                "\(Wording.count(outage.closed, "stream")) closed: \(end)",
                ["The first was closed \(Self.seconds(outage.start)) into the load."]
                    + listed(reconnect.closed) + facts(outage)
            )
        }
    }

    /// The bundled server's planned restart.
    var restarted: Finding? {
        guard let restart = record.restart else { return nil }
        let down = restart.listening.map { "it listened again after \(Self.seconds(max(0, $0 - restart.ended)))" }
        return finding(
            .serverRestarted,
            .info,
            "the bundled server was ended and started again: \(down ?? "it did not listen again")",
            ["Planned by `reference.restart`, \(Self.seconds(restart.ended)) into the run."]
        )
    }

    private func facts(_ outage: Outage) -> [String] {
        [
            "Most away at once: \(Wording.count(outage.mostAway, "stream")).",
            "Attempts to come back: \(Wording.number(outage.attempts)), of which \(Wording.number(outage.failed)) "
                + "failed; at most \(Wording.number(outage.peakRate)) a second.",
        ]
    }

    private func facts(_ reconnect: ReconnectRecord) -> [String] {
        let rate = reconnect.peakRate.map { "; at most \(Wording.number($0)) a second" } ?? ""
        return [
            "\(Wording.count(reconnect.closures, "stream")) closed, \(Wording.number(reconnect.returned)) came back.",
            "Attempts to come back: \(Wording.number(reconnect.attempts)), of which "
                + "\(Wording.number(reconnect.failureCount)) failed\(rate).",
        ] + listed(reconnect.failures)
    }

    private static func seconds(_ time: Double) -> String { DurationText.format(Nanoseconds(seconds: time)) }
}

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
