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
