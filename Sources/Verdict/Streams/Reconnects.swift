import Record
import Vocabulary

extension FindingRules {
    /// The shortest reconnection time with which clients do not come back all at the same moment, in ns.
    static let shortRetry: Nanoseconds = 100 * .perMillisecond
}

extension FindingKind {
    /// The server tells its clients to come back at once.
    public static let retryStorm = FindingKind(
        "retry-storm",
        matters: "So short a `retry` makes clients hammer a server that is down.",
        look: "Send `retry` of some seconds, with a random part."
    ) { $0.retryStorm }
}

extension FindingRules {
    fileprivate var retryStorm: Finding? {
        guard let reconnect, let retry = reconnect.retry, retry.shortest < Self.shortRetry else { return nil }
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
}

extension FindingKind {
    /// Streams did not come back.
    public static let reconnectIncomplete = FindingKind(
        "reconnect-incomplete",
        matters: "Users stay without a stream after an outage.",
        look: "Look at the failures on the way back under Reconnects: refused connections, a status, a rate limit."
    ) { $0.reconnectIncomplete }
}

extension FindingRules {
    /// Streams that did not come back.
    fileprivate var reconnectIncomplete: Finding? {
        guard let reconnect, reconnect.missing > 0 else { return nil }
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
}

extension FindingKind {
    /// Last event IDs came that no request can carry.
    public static let lastEventIDUnsent = FindingKind(
        "last-event-id-unsent",
        matters: "A client that cannot name its last event starts again from nothing.",
        look: "Look at the ids: no line breaks, no NUL, short enough for a header line."
    ) { $0.lastEventIDUnsent }
}

extension FindingRules {
    /// Last event IDs that no request can carry.
    fileprivate var lastEventIDUnsent: Finding? {
        guard let reconnect else { return nil }
        let count = reconnect.unsentIDs.values.reduce(0 as UInt64) { $0.saturatingAdding($1) }
        guard count > 0 else { return nil }
        return finding(
            .lastEventIDUnsent,
            .warning,
            "\(Wording.count(count, "request")) could not say which event was the last",
            listed(reconnect.unsentIDs) + ["The server's event IDs must fit into a header line."]
        )
    }
}

extension FindingKind {
    /// Streams that were lost together came back.
    public static let reconnectStorm = FindingKind(
        "reconnect-storm",
        matters: "After an outage all clients come at once; that is when servers fail again.",
        look: "Look at the peak of attempts under Reconnects, and whether the server held; spread clients by different "
            + "`retry` values."
    ) { $0.reconnectStorm }
}

extension FindingRules {
    /// How streams came back that were lost together: after each mass drop, and each time that most were away.
    fileprivate var reconnectStorm: [Finding] { reconnect.map { massDrops($0) + massClosures($0) } ?? [] }

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
}

extension FindingKind {
    /// The bundled server's planned restart.
    public static let serverRestarted = FindingKind(
        "server-restarted",
        matters: "The profile restarted the bundled server, so gauges and streams began anew there.",
        look: "Nothing, as it was planned; see Reconnects for how clients came back."
    ) { $0.serverRestarted }
}

extension FindingRules {
    fileprivate var serverRestarted: Finding? {
        guard let restart = record.restart else { return nil }
        let down = restart.listening.map { "it listened again after \(Self.seconds(max(0, $0 - restart.ended)))" }
        return finding(
            .serverRestarted,
            .info,
            "the bundled server was ended and started again: \(down ?? "it did not listen again")",
            ["Planned by `reference.restart`, \(Self.seconds(restart.ended)) into the run."]
        )
    }

    private var reconnect: ReconnectRecord? { record.load.reconnect }

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

extension FindingKind {
    /// Resumed streams leave messages out.
    public static let lostOnResume = FindingKind(
        "lost-on-resume",
        matters: "A client that says where it was is promised the rest, and does not get it.",
        look: "Look at how long the server's history is, and at events published between the replay and the new "
            + "subscription."
    ) { $0.lostOnResume }
}

extension FindingRules {
    /// Messages that a resumed stream leaves out.
    fileprivate var lostOnResume: Finding? {
        guard let resume = reconnect?.resume, let lost = resume.lost, lost > 0 else { return nil }
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
}

extension FindingKind {
    /// Resumed streams repeat messages.
    public static let duplicateOnResume = FindingKind(
        "duplicate-on-resume",
        matters: "Clients get again what they have had.",
        look: "Look at the comparison with Last-Event-ID: it must replay what comes after the id, not the id itself."
    ) { $0.duplicateOnResume }
}

extension FindingRules {
    /// Messages that a resumed stream repeats.
    fileprivate var duplicateOnResume: Finding? {
        guard let resume = reconnect?.resume, resume.repeated > 0 else { return nil }
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
}

extension FindingKind {
    /// Resumed streams get nothing of what they missed.
    public static let resumeUnsupported = FindingKind(
        "resume-unsupported",
        matters: "What is published while a client is away is lost.",
        look: "Give events an `id`, keep the last ones, and replay what comes after Last-Event-ID."
    ) { $0.resumeUnsupported }
}

extension FindingRules {
    /// The server sends nothing again of what clients missed.
    fileprivate var resumeUnsupported: Finding? {
        guard let resume = reconnect?.resume, !resume.isSupported, resume.missing > 0 else { return nil }
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
