import Record
import Vocabulary

extension FindingKind {
    /// Streams ended in good order before their end marker.
    public static let endedWithoutMarker = FindingKind(
        "ended-without-marker",
        matters: "The client cannot tell a complete answer from one that was cut off.",
        look: "Look at what the server does when the work behind the stream fails: send an error event, and the end "
            + "marker always last."
    ) { $0.endedWithoutMarker }
}

extension FindingRules {
    /// The server ended streams in good order before their end marker.
    fileprivate var endedWithoutMarker: Finding? {
        guard let streams = record.load.streams, let unmarked = streams.unmarked, unmarked > 0 else { return nil }
        return finding(
            .endedWithoutMarker,
            .failure,
            "\(Wording.count(unmarked, "stream")) ended without the end marker",
            [
                "\(Wording.count(streams.marked, "stream")) ended with it.",
                "The server, or a proxy before it, closed them in good order: a client takes half an answer for a whole one.",
            ]
        )
    }
}

extension FindingKind {
    /// Streams were dropped at an event.
    public static let streamsCancelled = FindingKind(
        "streams-cancelled",
        matters: "Work that goes on for a client that has left costs money and time.",
        look: "Look at the gauges of the work: if they do not fall after the drop, pass the cancellation on to "
            + "whatever makes the tokens."
    ) { $0.streamsCancelled }
}

extension FindingRules {
    /// Streams were dropped at an event: how soon what they had is given back.
    fileprivate var streamsCancelled: Finding? {
        guard let cancelled = record.load.streams?.cancelled, cancelled > 0 else { return nil }
        return finding(
            .streamsCancelled,
            .info,
            "\(Wording.count(cancelled, "stream")) cancelled at an event",
            record.gauges.compactMap(givenBack)
        )
    }

    private func givenBack(_ gauge: GaugeRecord) -> String? {
        guard gauge.unit == .count, let baseline = gauge.baseline, let peak = gauge.peak, peak > baseline else {
            return nil
        }
        if gauge.residual(at: .loadEnd) == 0 {
            return "\(gauge.seriesName) was back at its baseline as the last connection ended."
        }
        return gauge.fell.map {
            "\(gauge.seriesName) came back to its baseline \(DurationText.format(Nanoseconds(seconds: $0))) after the "
                + "last connection's end."
        }
    }

    /// What a leak means where streams were cancelled; nothing where none were, or it is another stage's.
    func workGoesOn(_ leaks: [Leak]) -> [String] {
        guard let cancelled = record.load.streams?.cancelled, cancelled > 0,
            leaks.contains(where: { $0.stage == nil || $0.stage == .streaming })
        else { return [] }
        return [
            "\(Wording.count(cancelled, "stream")) were cancelled at an event: where the gauge counts work, the work goes on "
                + "after its client has gone."
        ]
    }
}

extension FindingKind {
    /// The server's own times could not be read.
    public static let serverClockUnread = FindingKind(
        "server-clock-unread",
        matters: "Event latencies by the server's own clock are missing or incomplete.",
        look: "Look at `latency.pointer` and `unit` in the profile, and at the data of a real event: `hydrotest tap "
            + "URL --count 3`."
    ) { $0.serverClockUnread }
}

extension FindingRules {
    fileprivate var serverClockUnread: Finding? {
        guard let clock = record.load.serverClock, clock.unread > 0 || clock.offset == nil else { return nil }
        let isNone = clock.offset == nil
        return finding(
            .serverClockUnread,
            isNone ? .warning : .info,
            isNone
                ? "no event had a time of the server's that could be read"
                : "\(Wording.count(clock.unread, "event")) had no time of the server's",
            [
                "Looked for where the scenario's latency.pointer leads: a number, or a moment such as "
                    + "2026-11-25T03:57:04.5Z.",
                "Events without one: \(Wording.number(clock.unread)).",
            ]
        )
    }
}
