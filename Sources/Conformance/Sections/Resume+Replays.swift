import EventStream
import Vocabulary

extension ConformanceSection {
    static let replays: [ConformanceCase] = [
        ConformanceCase(
            12,
            "What was missed is sent again",
            .should,
            of: .resumeSeen,
            .stream,
            requires:
                "The Last-Event-ID HTTP request header reports an EventSource object's last event ID string to the "
                + "server when the user agent is to reestablish the connection.",
            source: "HTML, 9.2.4"
        ) { seen in
            let (_, second) = try publishedEvents(seen)
            let events = try seen.stream(.resumeSeen).events
            return .expect(
                events.contains { $0.data == second.data },
                "the event \(Shown.quote(second.id)), which came after the ID",
                actual: events.isEmpty ? "no event" : Shown.values(events.prefix(3).map(\.data))
            )
        },
        ConformanceCase(
            13,
            "What was seen is not sent again",
            .should,
            of: .resumeSeen,
            .stream,
            requires:
                "The last event ID string is the ID of the last event that was dispatched: the client has seen it.",
            source: "HTML, 9.2.4"
        ) { seen in
            let (first, _) = try publishedEvents(seen)
            let events = try seen.stream(.resumeSeen).events
            let repeated = events.first { $0.data == first.data }
            return .expect(repeated == nil, "events after the ID", actual: "the event \(Shown.quote(first.id)) itself")
        },
        ConformanceCase(
            14,
            "What was missed comes once and in order",
            .should,
            of: .resumeSeen,
            .stream,
            requires: "The user agent dispatches events in the order of the stream.",
            source: "HTML, 9.2.6"
        ) { seen in
            let (_, second) = try publishedEvents(seen)
            let count = try seen.stream(.resumeSeen).events.count { $0.data == second.data }
            guard count > 0 else { throw Unjudged.notMeasured("what was missed did not come") }
            return .expect(count == 1, "the event once", actual: "\(count) times")
        },
        ConformanceCase(
            15,
            "Another's ID replays nothing of another's",
            .should,
            of: .resumeOther,
            .neighbour,
            .stream,
            requires: "The last event ID says where in its own stream a client was; it must not open another's.",
            source: "HTML, 9.2.4"
        ) { seen in
            let (_, second) = try publishedEvents(seen)
            let neighbour = try seen.record(.neighbour)
            guard let head = neighbour.reading.responses.last?.headMoment, let live = try? seen.stream(.neighbour)
            else {
                throw Unjudged.notApplicable("the path without its query is no stream")
            }
            guard let publication = try seen.record(.stream).publications.first, head < publication.sent,
                neighbour.ended > second.moment
            else { throw Unjudged.notMeasured("the stream without the query was not open while it was published") }
            guard !live.events.contains(where: { $0.data == second.data }) else {
                throw Unjudged.notApplicable("the stream without the query carries the same events")
            }
            let replayed = try seen.stream(.resumeOther).events.first { $0.data == second.data }
            return .expect(
                replayed == nil,
                "only events that the stream carries",
                actual: "the event \(Shown.quote(second.id)) of another stream"
            )
        },
    ]

    /// The two events that were published, as they came.
    private static func publishedEvents(_ seen: Observations) throws -> (first: StreamEvent, second: StreamEvent) {
        _ = try published(seen)
        let events = try seen.stream(.stream).events
        guard let first = events.first(where: { $0.data.contains(seen.options.marks.first) }),
            let second = events.first(where: { $0.data.contains(seen.options.marks.second) })
        else { throw Unjudged.notMeasured("the published events did not come") }
        guard first.hasID, !first.id.isEmpty else { throw Unjudged.notApplicable("published events have no ID") }
        return (first, second)
    }
}
