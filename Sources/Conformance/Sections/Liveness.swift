import HTTP
import Vocabulary

extension ConformanceSection {
    /// How soon a stream speaks, how long it is silent, and what it makes of clients that go.
    static let liveness = ConformanceSection(5, "Liveness", speaking + leaving)

    private static let speaking: [ConformanceCase] = [
        ConformanceCase(
            1,
            "The head comes at once",
            .should,
            of: .stream,
            requires:
                "Queue a task which sets the readyState attribute to OPEN and fires an event named open: once the "
                + "head has come, and not before.",
            source: "HTML, 9.2.3"
        ) { seen in
            let response = try seen.streamResponse(.stream).response
            let record = try seen.record(.stream)
            let time = span(from: record.sent ?? record.started, to: response.headMoment)
            return .expect(
                time <= CheckLimits.briefly,
                "at most \(DurationText.format(CheckLimits.briefly)) after the request",
                actual: DurationText.format(time)
            )
        },
        ConformanceCase(
            2,
            "The first bytes come soon",
            .advice,
            of: .stream,
            requires:
                "Legacy proxy servers are known to, in certain cases, drop HTTP connections after a short timeout; "
                + "some pass a head on with the first bytes of the body only.",
            source: "HTML, 9.2.7"
        ) { seen in
            let (response, stream) = try seen.streamResponse(.stream)
            guard let first = stream.lines.first?.began else {
                return .failed(expected: "a comment or an event at the start", actual: "no byte")
            }
            let time = span(from: response.headMoment, to: first)
            return .expect(
                time <= CheckLimits.briefly,
                "at most \(DurationText.format(CheckLimits.briefly)) after the head",
                actual: DurationText.format(time)
            )
        },
        ConformanceCase(
            3,
            "A quiet stream has a heartbeat",
            .should,
            of: .stream,
            requires: "To protect against such proxy servers, authors can include a comment line (one starting with a "
                + "':' character) every 15 seconds or so.",
            source: "HTML, 9.2.7"
        ) { seen in
            let (response, stream) = try seen.streamResponse(.stream)
            let ended = try seen.record(.stream).ended
            let moments = [response.headMoment] + stream.beats + [ended]
            let longest = zip(moments, moments.dropFirst()).map { span(from: $0, to: $1) }.max() ?? 0
            // A tenth more for timers that are not on the dot.
            let allowed = seen.options.heartbeat + seen.options.heartbeat / 10
            guard longest <= allowed else {
                return .failed(
                    expected: "a comment or an event every \(DurationText.format(seen.options.heartbeat))",
                    actual: "silence for \(DurationText.format(longest))"
                )
            }
            // An event that was published is no heartbeat.
            let published = stream.events.filter { seen.options.marks.isPublished($0.data) }.map(\.moment)
            guard span(from: published.last ?? response.headMoment, to: ended) > allowed else {
                let time = DurationText.format(seen.options.listening)
                throw Unjudged.notMeasured("\(time) is too short a time; listen for longer with --wait")
            }
            return .passed
        },
        ConformanceCase(
            4,
            "A heartbeat is no event",
            .advice,
            of: .stream,
            requires: "Authors can include a comment line: a comment calls no handler, and sets no last event ID.",
            source: "HTML, 9.2.7"
        ) { seen in
            let stream = try seen.stream(.stream)
            let names = ["ping", "heartbeat", "keepalive", "keep-alive"]
            let beats = stream.events.filter { names.contains($0.type.lowercased()) }
            guard !stream.beats.isEmpty else { throw Unjudged.notMeasured("nothing came") }
            return .expect(
                beats.isEmpty,
                "comment lines",
                actual: "events of type \(Shown.quote(beats.first?.type ?? ""))"
            )
        },
        ConformanceCase(
            5,
            "A request that comes byte by byte gets the stream",
            .must,
            of: .byteByByte,
            .stream,
            requires:
                "A recipient MUST parse an HTTP message as a sequence of octets: where TCP cuts it means nothing.",
            source: "RFC 9112, 2.2"
        ) { seen in
            _ = try seen.stream(.stream)
            return try getsStream(seen, .byteByByte)
        },
    ]

    private static let leaving: [ConformanceCase] = [
        ConformanceCase(
            6,
            "A half-closed connection goes on, or ends in good order",
            .advice,
            of: .halfClose,
            requires: "TCP's close is an operation meaning \"I have no more data to send\"; the user who closes may "
                + "continue to receive until the other side closes.",
            source: "RFC 9293, 3.6"
        ) { seen in
            _ = try seen.stream(.halfClose)
            let record = try seen.record(.halfClose)
            guard record.acted != nil else {
                throw Unjudged.notMeasured("the stream ended before: \(record.end.words)")
            }
            if case .failed(let name) = record.end {
                return .failed(expected: "bytes, or an end without an error", actual: name)
            }
            return .passed
        },
        ConformanceCase(
            7,
            "Connection: close is confirmed",
            .should,
            of: .closeAsked,
            requires:
                "A server that receives a \"close\" connection option SHOULD send a \"close\" connection option in "
                + "its final response on that connection.",
            source: "RFC 9112, 9.6"
        ) { seen in
            let head = try seen.response(.closeAsked).head
            let options = head.fields.tokens(of: "connection")
            return .expect(
                options.contains("close") || head.minorVersion == 0,
                "Connection: close",
                actual: Shown.values(options)
            )
        },
        ConformanceCase(
            8,
            "A connection serves a second request, or says that it does not",
            .must,
            of: .reuse,
            requires: "A server that does not support persistent connections MUST send the \"close\" connection "
                + "option in every response message that does not have a 1xx (Informational) status code.",
            source: "RFC 9112, 9.3"
        ) { seen in
            let record = try seen.record(.reuse)
            guard let first = record.reading.responses.first else {
                throw Unjudged.notMeasured("no response to judge: \(record.silence)")
            }
            guard first.head.keepAlive else { return .passed }
            return .expect(
                record.reading.responses.count == 2,
                "a second response, or Connection: close",
                actual: record.silence
            )
        },
        ConformanceCase(
            9,
            "The server survives a reset",
            .must,
            of: .reset,
            .afterReset,
            requires:
                "If the RST bit is set, any outstanding RECEIVEs and SEND should receive \"reset\" responses: an error "
                + "of one connection, and of none but it.",
            source: "RFC 9293, 3.10.7.4"
        ) { seen in
            guard try seen.record(.reset).acted != nil else { throw Unjudged.notMeasured("no stream could be reset") }
            let record = try seen.record(.afterReset)
            guard let status = record.reading.responses.first?.head.status else {
                return .failed(expected: "an answer to the next client", actual: record.silence)
            }
            return .expect(status < 500, "the stream", actual: "status \(status)")
        },
    ]

    private static func span(from start: Nanoseconds, to end: Nanoseconds) -> Nanoseconds {
        end > start ? end - start : 0
    }
}
