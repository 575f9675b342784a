import Vocabulary

extension ConformanceSection {
    static let delivery: [ConformanceCase] = [
        ConformanceCase(
            17,
            "Events are completed",
            .must,
            of: .stream,
            requires:
                "If the line is empty (a blank line): Dispatch the event. Once the end of the file is reached, any "
                + "pending data must be discarded.",
            source: "HTML, 9.2.6"
        ) { seen in
            let (response, stream) = try seen.streamResponse(.stream)
            guard let last = stream.lastMoment else { throw Unjudged.notMeasured("nothing came") }
            let record = try seen.record(.stream)
            // What came last may still be on its way.
            let isOver = response.isComplete || record.end == .closed || record.ended >= last + CheckLimits.flushTime
            guard !stream.isUnfinished || isOver else { throw Unjudged.notMeasured("bytes came to the last moment") }
            return .expect(
                !stream.isUnfinished,
                "an empty line after each event",
                actual: "the stream falls silent after \(Shown.quote(stream.lines.last?.bytes ?? []))"
            )
        },
        ConformanceCase(
            18,
            "Events come in one piece",
            .advice,
            of: .stream,
            requires: "HTTP chunking can have unexpected negative effects on the reliability of this protocol, in "
                + "particular if the chunking is done by a different layer unaware of the timing requirements.",
            source: "HTML, 9.2.7"
        ) { seen in
            let stream = try seen.stream(.stream)
            var longest: Nanoseconds = 0
            var began: Nanoseconds?
            for line in stream.lines {
                if line.isBlank {
                    if let began { longest = max(longest, line.moment - began) }
                    began = nil
                } else {
                    began = began ?? line.began
                }
            }
            guard !stream.beats.isEmpty else { throw Unjudged.notMeasured("no event came") }
            return .expect(
                longest <= 250 * .perMillisecond,
                "at most 250 ms from an event's first byte to its end",
                actual: DurationText.format(longest)
            )
        },
        ConformanceCase(
            19,
            "A stream that ends does so in good order",
            .must,
            of: .stream,
            requires: "A message body that uses the chunked transfer coding is incomplete if the zero-sized chunk that "
                + "terminates the encoding has not been received.",
            source: "RFC 9112, 8"
        ) { seen in
            let response = try seen.streamResponse(.stream).response
            switch try seen.record(.stream).end {
            case .closed, .complete:
                return .expect(response.isComplete, "the end of the body", actual: response.problem ?? "no end")
            case .failed(let name): return .failed(expected: "the end of the body", actual: name)
            default: throw Unjudged.notApplicable("the stream stayed open")
            }
        },
        ConformanceCase(
            20,
            "The stream stays open",
            .advice,
            of: .stream,
            requires:
                "Clients will reconnect if the connection is closed: after each end, after the reconnection time.",
            source: "HTML, 9.2.1"
        ) { seen in
            _ = try seen.stream(.stream)
            let record = try seen.record(.stream)
            let time = DurationText.format(record.ended - (record.sent ?? record.started))
            let isOpen = record.end == .listened || record.end == .limit("LIMIT_EXCHANGE_BYTES")
            return .expect(isOpen, "a stream that goes on", actual: "\(record.end.words) after \(time)")
        },
        ConformanceCase(
            21,
            "A published event comes at once",
            .should,
            of: .stream,
            requires: "An event is of use when it happens: servers and proxies must not hold it back until a buffer is "
                + "full.",
            source: "HTML, 9.2.1 and 9.2.7"
        ) { seen in
            let stream = try seen.stream(.stream)
            let publications = try published(seen)
            let marks = seen.options.marks
            for (publication, mark) in zip(publications, [marks.first, marks.second]) {
                guard let event = stream.events.first(where: { $0.data.contains(mark) }) else {
                    return .failed(expected: "an event with \(Shown.quote(mark))", actual: "none came")
                }
                let time = event.moment > publication.sent ? event.moment - publication.sent : 0
                guard time <= CheckLimits.flushTime else {
                    return .failed(
                        expected: "at most \(DurationText.format(CheckLimits.flushTime)) after it was published",
                        actual: DurationText.format(time)
                    )
                }
            }
            return .passed
        },
        ConformanceCase(
            22,
            "A published text comes unchanged",
            .should,
            of: .stream,
            requires: "data: the field value, then a single U+000A LINE FEED; UTF-8: characters of two to four bytes "
                + "and every line of the text arrive.",
            source: "HTML, 9.2.5 and 9.2.6"
        ) { seen in
            let event = try firstPublished(seen)
            return .expect(
                event.data.contains(seen.options.marks.firstRead),
                Shown.quote(seen.options.marks.firstRead),
                actual: Shown.quote(event.data)
            )
        },
        ConformanceCase(
            23,
            "A line end in a text forges no field",
            .must,
            of: .stream,
            requires: "Lines must be separated by either a CRLF character pair, a single LF character, or a single CR "
                + "character: a text that holds one of them must be sent as several data lines.",
            source: "HTML, 9.2.5"
        ) { seen in
            _ = try published(seen)
            let stream = try seen.stream(.stream)
            _ = try firstPublished(seen)
            let forged = stream.lines.first { $0.name == Marks.publishedField }
            return .expect(
                forged == nil,
                "every line of the text in a data line",
                actual: "the line \(Shown.quote(forged?.bytes ?? []))"
            )
        },
        ConformanceCase(
            24,
            "Events have IDs of their own",
            .should,
            of: .stream,
            requires:
                "The last event ID string of the event source is what a client that comes back is continued from.",
            source: "HTML, 9.2.4"
        ) { seen in
            _ = try published(seen)
            let events = try seen.stream(.stream).events
            let ids = [seen.options.marks.first, seen.options.marks.second].compactMap { mark in
                events.first { $0.data.contains(mark) && $0.hasID }?.id
            }
            guard !ids.isEmpty else { throw Unjudged.notApplicable("published events have no ID") }
            return .expect(Set(ids).count == 2, "two events, two IDs", actual: Shown.values(ids))
        },
    ]

    /// What was published, where the server says that it was.
    static func published(_ seen: Observations) throws(Unjudged) -> [Publication] {
        guard seen.options.publish != nil else {
            throw Unjudged.notApplicable("nothing is published; name where with --publish")
        }
        let publications = try seen.record(.stream).publications
        if let refused = publications.first(where: { !$0.isDone }) {
            throw Unjudged.notMeasured(
                "the publish was answered \(refused.status.map { "status \($0)" } ?? refused.failure ?? "")"
            )
        }
        guard publications.count == 2 else { throw Unjudged.notMeasured("the stream ended before all was published") }
        return publications
    }

    /// The event of the first publish.
    private static func firstPublished(_ seen: Observations) throws(Unjudged) -> StreamEvent {
        _ = try published(seen)
        guard let event = try seen.stream(.stream).events.first(where: { $0.data.contains(seen.options.marks.first) })
        else {
            throw Unjudged.notMeasured("the published event did not come")
        }
        return event
    }
}
