import Record
import RunProfile
import Vocabulary

extension FindingRules {
    /// Heartbeats were expected and not one came.
    var heartbeatAbsent: Finding? {
        guard let expected = record.heartbeatExpected, noBeat, heartbeat.missed != 0 else { return nil }
        return finding(
            .heartbeatAbsent,
            .failure,
            "no heartbeat on any of \(Wording.count(heartbeat.streams, "stream"))",
            [expectation(expected)] + missed + silence
                + ["Proxies and inactivity timers end streams that stay quiet; a comment line keeps them alive."]
        )
    }

    /// Heartbeats were expected, but no stream was open long enough for one to be due.
    var heartbeatUnmeasured: Finding? {
        guard let expected = record.heartbeatExpected, noBeat, heartbeat.missed == 0 else { return nil }
        return finding(
            .heartbeatUnmeasured,
            .info,
            "no stream was open long enough for a heartbeat to be due",
            [expectation(expected), "Streams watched: \(Wording.number(heartbeat.streams))."] + lifeNeeded(expected)
                + silence
        )
    }

    /// How long a stream has to be open for a beat to be due, and how long the longest was.
    private func lifeNeeded(_ expected: HeartbeatExpectation) -> [String] {
        let needed = "A stream has to be open for \(DurationText.format(expected.longestInterval))"
        guard let longest = heartbeat.longestLife else { return [needed + "."] }
        return [needed + "; the longest was open for \(DurationText.format(longest))."]
    }

    /// Some heartbeats did not come; only told, where a threshold judges it.
    var heartbeatMissed: Finding? {
        guard let expected = record.heartbeatExpected, !noBeat, let missed = heartbeat.missed else { return nil }
        let elsewhere = min(beatsMissedInSilence, missed)
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
            ] + silence
                + (elsewhere > 0
                    ? ["\(Wording.number(elsewhere)) more were missed as many streams fell silent at once."] : [])
        )
    }

    /// Beats were late while the generator itself stood still.
    var heartbeatExcused: Finding? {
        guard heartbeat.excused > 0 else { return nil }
        return finding(
            .heartbeatExcused,
            .info,
            "\(Wording.count(heartbeat.excused, "late heartbeat")) not held against the server",
            ["The generator itself stood still meanwhile and could not have seen them in time."]
        )
    }

    /// The server ended streams that had nothing to say.
    var quietStreamsEnded: Finding? {
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
            ] + silence + words.evidence + [
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

    private var heartbeat: HeartbeatRecord { record.load.heartbeat }

    private var noBeat: Bool { heartbeat.streams > 0 && heartbeat.beats == 0 }

    private var missed: [String] {
        heartbeat.missed.map { ["\(Wording.count($0, "heartbeat")) missed."] } ?? []
    }

    private var silence: [String] {
        heartbeat.longestSilence.map { ["The longest silence of an open stream was \(DurationText.format($0))."] } ?? []
    }

    private func expectation(_ expected: HeartbeatExpectation) -> String {
        "Expected (\(expected.match)): one every \(DurationText.format(expected.expect)), "
            + "at most \(DurationText.format(expected.longestInterval)) apart."
    }
}

extension FindingRules {
    /// The fewest streams whose mean interval is judged.
    private static let fewestPeriods: UInt64 = 3
    /// The growth from one beat to the next, as a share of the period, from which intervals are said to grow.
    private static let growing = 0.01
    /// The fewest missed beats, and the smallest share of them, that tell of a part of the time.
    private static let fewestMissed: UInt64 = 10
    private static let missedShare = 0.01
    /// How many times more beats must be missed in a part of the time than in the rest.
    private static let timesTheRest = 4.0

    /// What the rhythm of heartbeats tells.
    var ofRhythm: [Finding?] {
        let parts = [
            part(
                .heartbeatUnderLoad,
                "under load",
                "while connections arrived",
                heartbeat.rhythm?.underLoad
            ),
            part(.heartbeatAmongEvents, "during broadcasts", "among events", heartbeat.rhythm?.amongEvents),
        ]
        return [heartbeatStops, heartbeatDrift] + parts + [heartbeatHerd, heartbeatDiscovered, proxiesWouldCut]
    }

    /// Streams had beats and then none.
    private var heartbeatStops: Finding? {
        guard let expected = record.heartbeatExpected, let all = heartbeat.rhythm?.stopped else { return nil }
        let stopped = all - min(SilenceJudge(record).endedInStalls, all)
        guard stopped > 0 else { return nil }
        return finding(
            .heartbeatStops,
            .warning,
            "heartbeats stop: \(Wording.count(stopped, "stream")) had some, and none for long before the end",
            [
                "Expected every \(DurationText.format(expected.expect)); no beat for three times as long at least.",
                "\(Wording.count(heartbeat.streams, "stream")) watched.",
            ]
        )
    }

    /// The usual interval is off the expected one by more than the tolerance.
    private var heartbeatDrift: Finding? {
        guard let expected = record.heartbeatExpected, let rhythm = heartbeat.rhythm,
            rhythm.period.count >= Self.fewestPeriods, let mean = rhythm.period.value(atPercentile: 50),
            let drift = rhythm.drift(from: expected.expect)
        else { return nil }
        let tolerance = Double(expected.longestInterval) / Double(max(1, expected.expect)) - 1
        guard abs(drift) > tolerance else { return nil }
        let growth = rhythm.growth.value(atPercentile: 50) ?? 0
        // Most streams must show it: a stall of the server stretches some interval of every stream.
        let grows = growth > Self.growing * Double(expected.expect) && rhythm.growth.value(atPercentile: 10) ?? 0 > 0
        let title =
            grows
            ? "heartbeats drift: intervals grow by \(DurationText.format(Nanoseconds(growth))) a beat"
            : "heartbeats come every \(DurationText.format(mean)), "
                + "not every \(DurationText.format(expected.expect))"
        return finding(
            .heartbeatDrift,
            drift > 0 ? .warning : .info,
            title,
            [
                "Half of the \(Wording.count(rhythm.period.count, "stream")) with enough beats had a mean interval of "
                    + "\(DurationText.format(mean)) or less.",
                "Expected: one every \(DurationText.format(expected.expect)), "
                    + "off by \(Wording.number(tolerance * 100))% at most.",
            ]
        )
    }

    /// More beats were missed in a part of the time than in the rest.
    private func part(_ kind: FindingKind, _ when: String, _ words: String, _ part: HeartbeatPart?) -> Finding? {
        guard let part, let missed = heartbeat.missed, part.missed >= Self.fewestMissed,
            let share = part.missedShare, share >= Self.missedShare
        else { return nil }
        // All streams silent at once are no matter of that part.
        guard 2 * beatsMissedInSilence < part.missed else { return nil }
        var rest = HeartbeatPart()
        rest.beats = heartbeat.beats - min(part.beats, heartbeat.beats)
        rest.missed = missed - min(part.missed, missed)
        guard rest.beats >= Self.fewestMissed, let usual = rest.missedShare, share >= Self.timesTheRest * usual else {
            return nil
        }
        let percent = Wording.number(share * 100)
        return finding(
            kind,
            .warning,
            "heartbeats fail \(when): \(percent)% missed \(words), \(Wording.number(usual * 100))% otherwise",
            [
                "\(Wording.count(part.missed, "heartbeat")) missed and \(Wording.number(part.beats)) received \(words); "
                    + "\(Wording.number(rest.missed)) missed and \(Wording.number(rest.beats)) received otherwise."
            ]
        )
    }

    /// All streams beat in the same instant, whenever they began.
    private var heartbeatHerd: Finding? {
        guard let phases = heartbeat.rhythm?.phases, phases.isHerd, let share = phases.burstShare,
            let coherence = phases.coherence, let starts = phases.startCoherence
        else { return nil }
        let burst = UInt64((share * Double(phases.streams)).rounded())
        let period = DurationText.format(phases.period)
        return finding(
            .heartbeatHerd,
            .warning,
            "all streams beat in the same instant: a burst of about \(Wording.number(burst)) every \(period)",
            [
                "\(Wording.number((share * 100).rounded()))% of the beats come within "
                    + "\(DurationText.format(phases.burstWidth)) of every \(period).",
                "Coherence of the beats' phases \(NumberText.fixed(coherence, digits: 2)), of the streams' beginnings "
                    + "\(NumberText.fixed(starts, digits: 2)) (1: all at one phase, 0: at any).",
                "Start each stream's heartbeat when the stream opens, or after a random part of the period.",
            ]
        )
    }

    /// Nothing was expected, and something beats.
    private var heartbeatDiscovered: Finding? {
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

    /// A stream was silent for longer than proxies wait.
    private var proxiesWouldCut: Finding? {
        guard let silence = heartbeat.longestSilence else { return nil }
        let cutting = ProxyAdvice.all(heartbeat).filter { $0.bound == .silence && $0.wouldCut == true }
        guard !cutting.isEmpty else { return nil }
        return finding(
            .proxiesWouldCut,
            silence >= VerdictLimits.longSilence ? .warning : .info,
            "\(Wording.count(UInt64(cutting.count), "common proxy", "common proxies")) would cut a stream: "
                + "\(DurationText.format(silence)) without a byte",
            cutting.map { "\($0.name): \(DurationText.format($0.timeout ?? 0)) (\($0.source))." }
        )
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
