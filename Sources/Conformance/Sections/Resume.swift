import HTTP
import Vocabulary

extension ConformanceSection {
    /// Clients that come back, and what they say they have seen.
    static let resume = ConformanceSection(4, "Resume", strangeIDs + forgeries + replays)

    private static let strangeIDs: [ConformanceCase] = [
        ConformanceCase(
            1,
            "An empty ID gets the stream",
            .should,
            of: .resumeEmpty,
            .stream,
            requires: "If res's status is not 200, then fail the connection: a client whose ID is refused never comes "
                + "back.",
            source: "HTML, 9.2.3"
        ) { seen in try resumes(seen, .resumeEmpty) },
        ConformanceCase(
            2,
            "An unknown ID gets the stream",
            .should,
            of: .resumeUnknown,
            .stream,
            requires: "If res's status is not 200, then fail the connection: a client of a server that was restarted "
                + "never comes back.",
            source: "HTML, 9.2.3"
        ) { seen in try resumes(seen, .resumeUnknown) },
        ConformanceCase(
            3,
            "A long ID gets the stream, or a refusal",
            .should,
            of: .resumeLong,
            requires:
                "A server that receives a request header field line, field value, or set of fields larger than it "
                + "wishes to process MUST respond with an appropriate 4xx (Client Error) status code.",
            source: "RFC 9110, 5.4"
        ) { seen in try streamOrRefusal(seen, .resumeLong) },
        ConformanceCase(
            4,
            "An ID of UTF-8 characters gets the stream",
            .should,
            of: .resumeUTF8,
            .stream,
            requires: "Let lastEventIDValue be the EventSource object's last event ID string, encoded as UTF-8.",
            source: "HTML, 9.2.3"
        ) { seen in try resumes(seen, .resumeUTF8) },
        ConformanceCase(
            5,
            "An ID that is not UTF-8 gets the stream, or a refusal",
            .should,
            of: .resumeBytes,
            requires: "A recipient SHOULD treat other allowed octets in field content (i.e., obs-text) as opaque data.",
            source: "RFC 9110, 5.5"
        ) { seen in try streamOrRefusal(seen, .resumeBytes) },
        ConformanceCase(
            6,
            "The stream stays UTF-8 whatever the ID",
            .must,
            of: .resumeBytes,
            .resumeUTF8,
            requires: "Event streams in this format must always be encoded as UTF-8.",
            source: "HTML, 9.2.5"
        ) { seen in
            let streams = [ExchangeName.resumeBytes, .resumeUTF8].compactMap { try? seen.stream($0) }
            guard !streams.isEmpty else { throw Unjudged.notMeasured("no such ID got a stream") }
            let wrong = streams.flatMap(\.lines).first { $0.end != nil && !$0.isUTF8 }
            return .expect(wrong == nil, "well-formed UTF-8", actual: "the line \(Shown.quote(wrong?.bytes ?? []))")
        },
    ]

    private static let forgeries: [ConformanceCase] = [
        forgery(7, "LF", .injectLineFeed),
        forgery(8, "CR", .injectReturn),
        forgery(9, "CRLF", .injectBoth),
        ConformanceCase(
            10,
            "A percent-encoded ID is not decoded into lines",
            .must,
            of: .resumeEncoded,
            requires: "any-char: a scalar value other than U+000A LINE FEED (LF) or U+000D CARRIAGE RETURN (CR): an ID "
                + "that is repeated must be one line.",
            source: "HTML, 9.2.5"
        ) { seen in try forgesNothing(seen, .resumeEncoded) },
        ConformanceCase(
            11,
            "A line end in the query forges no header field",
            .must,
            of: .injectLineFeed,
            .injectReturn,
            .injectBoth,
            requires: "Field values containing CR, LF, or NUL characters are invalid and dangerous.",
            source: "RFC 9110, 5.5"
        ) { seen in
            let names: [ExchangeName] = [.injectLineFeed, .injectReturn, .injectBoth]
            let responses = names.compactMap { try? seen.response($0) }
            guard !responses.isEmpty else { throw Unjudged.notMeasured("no such request was answered") }
            let isForged = responses.contains { $0.head.value(of: Marks.requestField) != nil }
            return .expect(!isForged, "no field of that name", actual: "a header field \(Marks.requestField)")
        },
    ]

    private static func forgery(_ number: Int, _ end: String, _ name: ExchangeName) -> ConformanceCase {
        ConformanceCase(
            number,
            "An encoded \(end) in the query forges no field of an event",
            .must,
            of: name,
            requires:
                "any-char: a scalar value other than U+000A LINE FEED (LF) or U+000D CARRIAGE RETURN (CR): a value "
                + "that is repeated must be one line.",
            source: "HTML, 9.2.5"
        ) { seen in try forgesNothing(seen, name) }
    }

    /// Whether a stream has no line that the request made up.
    private static func forgesNothing(_ seen: Observations, _ name: ExchangeName) throws -> Outcome {
        let response = try seen.response(name)
        guard let stream = response.stream else {
            guard response.head.status < 500 else {
                return .failed(expected: "the stream, or status 4xx", actual: response.summary)
            }
            return .passed
        }
        let forged = stream.lines.first { $0.name == Marks.requestField }
        return .expect(
            forged == nil,
            "no line of the request's",
            actual: "the line \(Shown.quote(forged?.bytes ?? []))"
        )
    }

    /// Whether an ID gets the stream, where any client does.
    private static func resumes(_ seen: Observations, _ name: ExchangeName) throws -> Outcome {
        _ = try seen.stream(.stream)
        return try getsStream(seen, name)
    }

    private static func streamOrRefusal(_ seen: Observations, _ name: ExchangeName) throws -> Outcome {
        let response = try seen.response(name)
        let isFine = response.isStream || (400..<500).contains(response.head.status)
        return .expect(isFine, "the stream, or status 4xx", actual: response.summary)
    }
}

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
