import Record
import Vocabulary

/// The bounds of what the rhythm of heartbeats tells.
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
}

extension FindingKind {
    /// Streams had heartbeats, and then none.
    public static let heartbeatStops = FindingKind(
        "heartbeat-stops",
        matters: "A stream without beats looks alive to the server and dead to the network.",
        look: "Look for a timer that is cleared or never set again: after an error in its callback, after an "
            + "unsubscribe, after a reconnect.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatStops }
}

extension FindingRules {
    /// Streams had beats and then none.
    fileprivate var heartbeatStops: Finding? {
        guard let expected = record.heartbeatExpected, let all = heartbeat.rhythm?.stopped else { return nil }
        let stopped = all - min(silences.endedInStalls, all)
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
}

extension FindingKind {
    /// Heartbeats come at another interval than the expected one.
    public static let heartbeatDrift = FindingKind(
        "heartbeat-drift",
        matters: "The interval is not the one that was set, so a timeout chosen from it is wrong.",
        look: "Look for a timer that is set again after each beat's work instead of on a fixed schedule.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatDrift }
}

extension FindingRules {
    /// The usual interval is off the expected one by more than the tolerance.
    fileprivate var heartbeatDrift: Finding? {
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
}

extension FindingKind {
    /// More heartbeats were missed while connections arrived.
    public static let heartbeatUnderLoad = FindingKind(
        "heartbeat-under-load",
        matters: "Beats fail just when many clients come, and their reconnects add to the crowd.",
        look: "Look at what blocks the event loop while connections are accepted: TLS handshakes, authentication, a "
            + "synchronous lookup.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatUnderLoad }
}

extension FindingRules {
    /// More beats were missed while connections arrived than otherwise.
    fileprivate var heartbeatUnderLoad: Finding? {
        part(.heartbeatUnderLoad, "under load", "while connections arrived", heartbeat.rhythm?.underLoad)
    }
}

extension FindingKind {
    /// More heartbeats were missed among events.
    public static let heartbeatAmongEvents = FindingKind(
        "heartbeat-among-events",
        matters: "Beats fail while events are sent.",
        look: "Look at whether a broadcast to all clients runs in one go: send in portions, and let timers run in "
            + "between.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatAmongEvents }
}

extension FindingRules {
    /// More beats were missed among events than otherwise.
    fileprivate var heartbeatAmongEvents: Finding? {
        part(.heartbeatAmongEvents, "during broadcasts", "among events", heartbeat.rhythm?.amongEvents)
    }

    /// More beats were missed in a part of the time than in the rest.
    private func part(_ kind: FindingKind, _ when: String, _ words: String, _ part: HeartbeatPart?) -> Finding? {
        guard let part, let missed = heartbeat.missed, part.missed >= Self.fewestMissed,
            let share = part.missedShare, share >= Self.missedShare
        else { return nil }
        // All streams silent at once are no matter of that part.
        guard 2 * silences.missedBeats < part.missed else { return nil }
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
}

extension FindingKind {
    /// All streams beat in the same instant.
    public static let heartbeatHerd = FindingKind(
        "heartbeat-herd",
        matters: "All streams beat at once: a burst of work and packets each period, and silence in between.",
        look: "Give each stream's timer a random first delay.",
        isExcusedPastCeiling: true
    ) { $0.heartbeatHerd }
}

extension FindingRules {
    /// All streams beat in the same instant, whenever they began.
    fileprivate var heartbeatHerd: Finding? {
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
}
