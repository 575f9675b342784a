import Record
import RunProfile
import Vocabulary

extension FindingKind {
    /// Heartbeats were expected and not one came.
    public static let heartbeatAbsent = FindingKind(
        "heartbeat-absent",
        matters: "Without bytes on a quiet stream, proxies and mobile networks close it, and neither side notices a "
            + "dead peer.",
        look: "Look whether the server has a heartbeat timer, whether it is started for each stream, and whether a "
            + "proxy buffers it; `heartbeat.match` must name its form.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatAbsent }
}

extension FindingRules {
    fileprivate var heartbeatAbsent: Finding? {
        guard let expected = record.heartbeatExpected, noBeat, heartbeat.missed != 0 else { return nil }
        return finding(
            .heartbeatAbsent,
            .failure,
            "no heartbeat on any of \(Wording.count(heartbeat.streams, "stream"))",
            [expectation(expected)] + missed + longestSilence
                + ["Proxies and inactivity timers end streams that stay quiet; a comment line keeps them alive."]
        )
    }
}

extension FindingKind {
    /// Heartbeats were expected, and no stream was open for long enough.
    public static let heartbeatUnmeasured = FindingKind(
        "heartbeat-unmeasured",
        matters: "Nothing is known about heartbeats.",
        look: "Hold some streams for at least three times `heartbeat.expect`.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatUnmeasured }
}

extension FindingRules {
    /// Heartbeats were expected, but no stream was open long enough for one to be due.
    fileprivate var heartbeatUnmeasured: Finding? {
        guard let expected = record.heartbeatExpected, noBeat, heartbeat.missed == 0 else { return nil }
        return finding(
            .heartbeatUnmeasured,
            .info,
            "no stream was open long enough for a heartbeat to be due",
            [expectation(expected), "Streams watched: \(Wording.number(heartbeat.streams))."] + lifeNeeded(expected)
                + longestSilence
        )
    }

    /// How long a stream has to be open for a beat to be due, and how long the longest was.
    private func lifeNeeded(_ expected: HeartbeatExpectation) -> [String] {
        let needed = "A stream has to be open for \(DurationText.format(expected.longestInterval))"
        guard let longest = heartbeat.longestLife else { return [needed + "."] }
        return [needed + "; the longest was open for \(DurationText.format(longest))."]
    }
}

extension FindingKind {
    /// Some heartbeats did not come.
    public static let heartbeatMissed = FindingKind(
        "heartbeat-missed",
        matters: "A client that waits for beats takes the stream for dead and comes back, which adds load.",
        look: "Look at Heartbeats for when they were missed: a timer behind a blocked event loop, or one write that "
            + "waits for another client.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatMissed }
}

extension FindingRules {
    /// Some heartbeats did not come; only told, where a threshold judges it.
    fileprivate var heartbeatMissed: Finding? {
        guard let expected = record.heartbeatExpected, !noBeat, let missed = heartbeat.missed else { return nil }
        let elsewhere = min(silences.missedBeats, missed)
        let count = missed - elsewhere
        guard count > 0 else { return nil }
        let judged = thresholds.contains { $0.metric == .heartbeatMissed }
        return finding(
            .heartbeatMissed,
            judged ? .info : .warning,
            "\(Wording.count(count, "heartbeat")) missed",
            [
                expectation(expected),
                "\(Wording.count(heartbeat.beats, "beat")) came on \(Wording.count(heartbeat.streams, "stream")).",
            ] + longestSilence
                + (elsewhere > 0
                    ? ["\(Wording.number(elsewhere)) more were missed as many streams fell silent at once."] : [])
        )
    }
}

extension FindingKind {
    /// Heartbeats were late while the generator stood still.
    public static let heartbeatExcused = FindingKind(
        "heartbeat-excused",
        matters: "The generator was late itself, so these beats are not held against the server.",
        look: "Run with fewer connections, or on a machine with more processors, if there were many.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatExcused }
}

extension FindingRules {
    /// Beats were late while the generator itself stood still.
    fileprivate var heartbeatExcused: Finding? {
        guard heartbeat.excused > 0 else { return nil }
        return finding(
            .heartbeatExcused,
            .info,
            "\(Wording.count(heartbeat.excused, "late heartbeat")) not held against the server",
            ["The generator itself stood still meanwhile and could not have seen them in time."]
        )
    }

    private var noBeat: Bool { heartbeat.streams > 0 && heartbeat.beats == 0 }

    private var missed: [String] {
        heartbeat.missed.map { ["\(Wording.count($0, "heartbeat")) missed."] } ?? []
    }

    /// The longest silence of an open stream, in a sentence; none where no stream was watched.
    var longestSilence: [String] {
        heartbeat.longestSilence.map { ["The longest silence of an open stream was \(DurationText.format($0))."] } ?? []
    }

    private func expectation(_ expected: HeartbeatExpectation) -> String {
        "Expected (\(expected.match)): one every \(DurationText.format(expected.expect)), "
            + "at most \(DurationText.format(expected.longestInterval)) apart."
    }
}

extension FindingKind {
    /// Nothing was expected, and something beats.
    public static let heartbeatDiscovered = FindingKind(
        "heartbeat-discovered",
        matters: "The profile expects no heartbeat, so none that is missed would be noticed.",
        look: "Put the line of the evidence into the profile.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatDiscovered }
}

extension FindingRules {
    fileprivate var heartbeatDiscovered: Finding? {
        guard record.heartbeatExpected == nil, let beat = heartbeat.discoveredBeat, let period = beat.period else {
            return nil
        }
        return finding(
            .heartbeatDiscovered,
            .info,
            "heartbeats found: \(Self.words(beat)) every \(DurationText.format(period))",
            [
                "On \(Wording.number(beat.streams)) of \(Wording.count(beat.looked, "stream")) that were looked at.",
                "To have them judged, write into the profile: "
                    + "heartbeat: { expect: \(ProfileDuration.text(period)), match: \(beat.match) }",
            ]
        )
    }

    private static func words(_ beat: DiscoveredBeat) -> String {
        switch beat.kind {
        case .comment: "comments"
        case .emptyEvent: "events without data"
        case .event: "events named \(beat.name ?? "message")"
        case .any: "bytes"
        }
    }
}

/// A measured duration as a profile would write it.
enum ProfileDuration {
    /// Two digits that count, with the unit: `250ms`, `1s`, `1.5s`, `15s`.
    static func text(_ duration: Nanoseconds) -> String {
        let milliseconds = max(1, Double(duration) / 1e6)
        var scale = 1.0
        while milliseconds / scale >= 100 { scale *= 10 }
        let rounded = (milliseconds / scale).rounded() * scale
        guard rounded >= 1_000 else { return NumberText.fixed(rounded, digits: 0) + "ms" }
        let seconds = rounded / 1_000
        return NumberText.fixed(seconds, digits: seconds == seconds.rounded() ? 0 : 1) + "s"
    }
}
