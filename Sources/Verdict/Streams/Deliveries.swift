import Record
import RunProfile
import Vocabulary

extension FindingKind {
    /// Messages were not taken by the server.
    public static let publishFailures = FindingKind(
        "publish-failures",
        matters: "What the server does not take, nobody gets.",
        look: "Look at the errors' names, and at the server's log for the publishing endpoint.",
        isExcusedPastCeiling: true
    ) { $0.publishFailures }
}

extension FindingRules {
    private var deliveries: [DeliveryRecord] { record.load.deliveries ?? [] }
    private var total: DeliveryCounts { deliveries.reduce(into: DeliveryCounts()) { $0.merge($1.counts) } }
    private var published: PublishingCounts {
        deliveries.compactMap(\.publishing).reduce(into: PublishingCounts()) { $0.merge($1) }
    }

    /// Messages that the server did not take.
    fileprivate var publishFailures: Finding? {
        let published = published
        guard published.failed > 0 else { return nil }
        let failed = published.failed
        let tried = Wording.count(published.accepted.saturatingAdding(failed), "message")
        return finding(
            .publishFailures,
            published.accepted == 0 ? .failure : .warning,
            "\(Wording.number(failed)) of \(tried) not taken by the server",
            listed(published.errors)
                + ["A message that was not accepted is owed to no stream, and is not counted as lost."]
        )
    }
}

extension FindingKind {
    /// Messages were taken, streams were there, and not one came.
    public static let nothingDelivered = FindingKind(
        "nothing-delivered",
        matters: "Publishing works and no stream gets anything: the two do not meet.",
        look: "Look at topic names, at the instance that each request reaches, and at buffering in a proxy; `${seq}` "
            + "must be in the event's data.",
        isExcusedPastCeiling: true
    ) { $0.nothingDelivered }
}

extension FindingRules {
    fileprivate var nothingDelivered: Finding? {
        let (accepted, total) = (published.accepted, total)
        guard accepted > 0, total.streams > 0, isNothingDelivered else { return nil }
        return finding(
            .nothingDelivered,
            .failure,
            "none of \(Wording.count(accepted, "published message")) came on any of "
                + Wording.count(total.streams, "stream"),
            [
                "\(Wording.count(record.load.events, "event")) came in all.",
                "Do the streams listen to the topic that is published to, and does the event carry the body's ${seq}?",
            ]
        )
    }

    private var isNothingDelivered: Bool { total.received == 0 && total.replayed == 0 && total.stale == 0 }
}

extension FindingKind {
    /// Streams did not get messages that they should have got.
    public static let eventsLost = FindingKind(
        "events-lost",
        matters: "Users miss messages and nothing tells them so.",
        look: "Look at clients that are added or removed while a broadcast walks the list, at bounded queues that "
            + "drop, and at the moment between first event and subscription.",
        isExcusedPastCeiling: true
    ) { $0.eventsLost }
}

extension FindingRules {
    /// Messages that streams should have got.
    fileprivate var eventsLost: Finding? {
        let total = total
        guard total.lost > 0, !isNothingDelivered else { return nil }
        let pattern = DeliveryPattern(record.load)
        var evidence = places(\.lost)
        if total.lostAtStart > 0 {
            evidence.append(
                "\(Wording.number(total.lostAtStart)) of them were under way as their stream began: it had its first "
                    + "event, then others got the message. A broadcast's recipients were chosen too early."
            )
        }
        if total.lost > total.lostAtStart {
            let later = Wording.number(total.lost - total.lostAtStart)
            evidence.append("\(later) of them were published while their stream was open.")
        }
        return finding(
            .eventsLost,
            isJudged(.lost) ? .info : .failure,
            "\(Wording.number(total.lost)) of \(Wording.count(total.owed, "event")) lost, on "
                + Wording.count(total.losers, "stream") + (pattern.map { ": \($0.title)" } ?? ""),
            evidence + (pattern?.evidence ?? [])
        )
    }
}

extension FindingKind {
    /// Messages came again on the same stream.
    public static let eventsDuplicated = FindingKind(
        "events-duplicated",
        matters: "Users see a message twice, or act on it twice.",
        look: "Look for a client that is registered twice, or a replay that overlaps the live stream; give events ids, "
            + "so that clients can tell.",
        isExcusedPastCeiling: true
    ) { $0.eventsDuplicated }
}

extension FindingRules {
    /// Messages that came again on the same stream.
    fileprivate var eventsDuplicated: Finding? {
        guard total.duplicated > 0 else { return nil }
        return finding(
            .eventsDuplicated,
            isJudged(.duplicated) ? .info : .failure,
            "\(Wording.count(total.duplicated, "event")) came again on the same stream",
            places(\.duplicated)
        )
    }
}

extension FindingKind {
    /// Messages came after later ones.
    public static let eventsOutOfOrder = FindingKind(
        "events-out-of-order",
        matters: "A client that keeps the last state ends up with an older one.",
        look: "Look for several workers or queues that write to one stream; order them by one queue for each topic.",
        isExcusedPastCeiling: true
    ) { $0.eventsOutOfOrder }
}

extension FindingRules {
    /// Messages that came after later ones.
    fileprivate var eventsOutOfOrder: Finding? {
        guard total.outOfOrder > 0 else { return nil }
        return finding(
            .eventsOutOfOrder,
            isJudged(.outOfOrder) ? .info : .warning,
            "\(Wording.count(total.outOfOrder, "event")) came after later ones",
            places(\.outOfOrder) + ["The later one was published only after the server had taken the earlier one."]
        )
    }

    /// Where a count comes from: by publisher, and by scenario where there are several.
    private func places(_ count: KeyPath<DeliveryCounts, UInt64>) -> [String] {
        deliveries.filter { $0.counts[keyPath: count] > 0 }.flatMap { delivery in
            let whole = place("publisher \(delivery.publisher)", delivery.counts, count)
            let parts = (record.load.scenarios ?? []).compactMap { scenario -> String? in
                let part = scenario.load.deliveries?.first { $0.publisher == delivery.publisher }?.counts
                guard let part, part[keyPath: count] > 0 else { return nil }
                return place("scenario \(scenario.name)", part, count)
            }
            return [whole] + parts
        }
    }

    private func place(_ name: String, _ counts: DeliveryCounts, _ count: KeyPath<DeliveryCounts, UInt64>) -> String {
        "\(name): \(Wording.number(counts[keyPath: count])) of \(Wording.number(counts.owed)), "
            + Wording.count(counts.streams, "stream")
    }

    private func isJudged(_ count: ThresholdMetric.Delivery) -> Bool {
        thresholds.contains { $0.metric == .delivery(count) }
    }
}

/// What the losses of published messages have in common, where who got what shows it.
///
/// Each pattern leaves out what is seldom, and asks for several messages or streams: where the evidence is thin there is
/// none.
public enum DeliveryPattern: Equatable, Sendable {
    /// Each message came to one of several streams, and not always to the same.
    case oneQueue(messages: UInt64, streams: ClosedRange<UInt64>)
    /// What was lost lies between what resumed streams were sent again and their first live message.
    case behindResume(lost: UInt64, losers: UInt64, resumed: UInt64)
    /// Nothing came to anybody once a stream had left, though others were there.
    case stoppedWithStream(DeliveryStop.Departure, messages: UInt64, departed: UInt64)

    /// The share of the losses, or of the messages, that a pattern must explain.
    private static let share = 0.9
    /// The fewest messages that came to one stream alone.
    private static let fewestMessages: UInt64 = 10
    /// The fewest streams that got messages before and after one that they lost.
    private static let fewestBetween: UInt64 = 2
    /// The fewest resumed streams that lost a message right behind their resume.
    private static let fewestResumed: UInt64 = 3
    /// The largest share of the other streams that may lose messages at their beginning.
    private static let shareBehindStart = 0.1
    /// The fewest messages that nobody got.
    private static let fewestMissed: UInt64 = 5
    /// The largest chance that some stream left just then, though deliveries stopped for another reason.
    private static let chance = 0.1

    /// The pattern of a load's losses; nil where nothing was lost, or none fits.
    public init?(_ load: LoadRecord) {
        let deliveries = load.deliveries ?? []
        let counts = deliveries.reduce(into: DeliveryCounts()) { $0.merge($1.counts) }
        guard counts.lost > 0 else { return nil }
        let places = deliveries.compactMap(\.places).reduce(into: LossPlaces()) { $0.merge($1) }
        let publishing = deliveries.compactMap(\.publishing)
        let reach = publishing.compactMap(\.reach).reduce(into: ReachCounts()) { $0.merge($1) }
        let found =
            Self.oneQueue(reach, places)
            ?? Self.stopped(publishing.flatMap { $0.stops ?? [] }, lost: counts.lost)
            ?? Self.behindResume(places, counts, resume: load.reconnect?.resume)
        guard let found else { return nil }
        self = found
    }

    private static func oneQueue(_ reach: ReachCounts, _ places: LossPlaces) -> DeliveryPattern? {
        // One stream that alone works gets every message as well, but loses none between two of them.
        guard let fewest = reach.fewest, let most = reach.most, fewest <= most, reach.one >= fewestMessages,
            Double(reach.one) >= share * Double(reach.messages), places.losersBetween >= fewestBetween
        else { return nil }
        return .oneQueue(messages: reach.one, streams: fewest...most)
    }

    private static func behindResume(
        _ places: LossPlaces,
        _ counts: DeliveryCounts,
        resume: ResumeCounts?
    ) -> DeliveryPattern? {
        // Where nothing is replayed, nothing is subscribed after it; and what was under way as streams began is lost by
        // whoever chose its recipients before.
        guard resume?.isSupported == true, places.losersBehindResume >= fewestResumed,
            Double(places.lostBehindResume) >= share * Double(counts.lost), counts.lostAtStart <= counts.lost / 2
        else { return nil }
        let others = counts.streams - min(counts.streams, places.resumed)
        guard Double(places.losersBehindStart) <= shareBehindStart * Double(others) else { return nil }
        return .behindResume(
            lost: places.lostBehindResume,
            losers: places.losersBehindResume,
            resumed: places.resumed
        )
    }

    private static func stopped(_ stops: [DeliveryStop], lost: UInt64) -> DeliveryPattern? {
        let lostAfter = stops.reduce(0 as UInt64) { $0.saturatingAdding($1.lost) }
        guard let stop = stops.first, Double(lostAfter) >= share * Double(lost),
            stops.allSatisfy({ $0.messages >= fewestMissed && $0.departures.count == 1 && chance(of: $0) <= chance })
        else { return nil }
        let messages = stops.reduce(0 as UInt64) { $0.saturatingAdding($1.messages) }
        return .stoppedWithStream(stop.departures[0], messages: messages, departed: stop.departed)
    }

    /// How many streams leave in a span like that between the last delivery and the first message missed, as often as
    /// they left before.
    private static func chance(of stop: DeliveryStop) -> Double {
        let whole = stop.firstMissed - min(stop.firstMissed, stop.begun)
        let window = stop.window.upperBound - stop.window.lowerBound
        return Double(stop.departed) * Double(window) / Double(max(1, whole))
    }
}

extension DeliveryPattern {
    /// What it is, behind a finding's title.
    var title: String {
        switch self {
        case .oneQueue(_, let streams):
            "each message reached one of \(streams.count == 1 ? "" : "up to ")"
                + "\(Wording.count(streams.upperBound, "stream")): one queue for all?"
        case .behindResume: "the loss sits right behind a resume: the server replays, then subscribes"
        case .stoppedWithStream(let departure, _, _):
            "nothing reached anybody after stream \(Self.words(departure)) left at \(DurationText.format(departure.at)): "
                + "the producer stops with its watcher"
        }
    }

    /// What shows it, and where to look.
    var evidence: [String] {
        switch self {
        case .oneQueue(let messages, let streams):
            [
                "\(Wording.count(messages, "message")) that \(Self.words(streams)) had to get came to one of them and to "
                    + "no other, and not always to the same.",
                "Look for a queue, a channel or a consumer group that all streams take from, or for processes that do not "
                    + "pass messages on: each stream needs a queue of its own, and each message goes into all.",
            ]
        case .behindResume(let lost, let losers, let resumed):
            [
                "\(Wording.number(lost)) of them lie between what \(Wording.number(losers)) of "
                    + "\(Wording.count(resumed, "resumed stream")) were sent again and their first live message.",
                "Look at the order of replay and subscription: subscribe first, keep what comes meanwhile, replay, then "
                    + "send what was kept.",
            ]
        case .stoppedWithStream(_, let messages, let departed):
            [
                "\(Wording.count(messages, "message")) that streams had to get came to none of them after that; "
                    + "\(Wording.count(departed, "stream")) had left until then.",
                "Look at who owns the producer, or the subscription behind it: it must end with the last stream, not with "
                    + "the one that started it.",
            ]
        }
    }

    private static func words(_ streams: ClosedRange<UInt64>) -> String {
        let most = Wording.count(streams.upperBound, "stream")
        return streams.lowerBound == streams.upperBound ? most : "\(Wording.number(streams.lowerBound)) to \(most)"
    }

    private static func words(_ departure: DeliveryStop.Departure) -> String {
        "\(Wording.number(departure.stream)) of \(departure.scenario)"
    }
}
