import Vocabulary

extension ConformanceSection {
    /// The lines of the stream and what they carry.
    static let stream = ConformanceSection(2, "Stream", form + fields + delivery)

    private static let form: [ConformanceCase] = [
        ConformanceCase(
            1,
            "The framing can be read",
            .must,
            of: .stream,
            requires: "chunk = chunk-size [ chunk-ext ] CRLF chunk-data CRLF",
            source: "RFC 9112, 7.1"
        ) { seen in
            let response = try seen.streamResponse(.stream).response
            return .expect(response.problem == nil, "a body as the head says", actual: response.problem ?? "")
        },
        ConformanceCase(
            2,
            "The stream is UTF-8",
            .must,
            of: .stream,
            requires: "Event streams in this format must always be encoded as UTF-8.",
            source: "HTML, 9.2.5"
        ) { seen in
            let lines = try wholeLines(seen)
            guard let line = lines.first(where: { !$0.isUTF8 }) else { return .passed }
            return .failed(expected: "well-formed UTF-8", actual: "the line \(Shown.quote(line.bytes))")
        },
        ConformanceCase(
            3,
            "No byte order mark comes first",
            .advice,
            of: .stream,
            requires: "stream = [ bom ] *event: a mark is allowed, and must be stripped, but not by every client.",
            source: "HTML, 9.2.5"
        ) { seen in .expect(!(try seen.stream(.stream).hasMark), "no U+FEFF", actual: "the stream begins with U+FEFF")
        },
        ConformanceCase(
            4,
            "No byte order mark hides a field",
            .should,
            of: .stream,
            requires: "One leading U+FEFF BYTE ORDER MARK character must be ignored if any are present: a further one "
                + "belongs to a field's name.",
            source: "HTML, 9.2.6"
        ) { seen in
            let count = try wholeLines(seen).count { $0.name.unicodeScalars.first == "\u{FEFF}" }
            return .expect(count == 0, "no line that begins with U+FEFF", actual: "\(count) such lines")
        },
        ConformanceCase(
            5,
            "Lines end alike",
            .advice,
            of: .stream,
            requires: "Lines must be separated by either a CRLF character pair, a single LF character, or a single CR "
                + "character.",
            source: "HTML, 9.2.5"
        ) { seen in
            let ends = Set(try wholeLines(seen).compactMap(\.end)).map(\.rawValue).sorted()
            return .expect(ends.count == 1, "one kind of line end", actual: ends.joined(separator: ", "))
        },
        ConformanceCase(
            6,
            "Lines do not end in CR alone",
            .advice,
            of: .stream,
            requires:
                "Lines must be separated by CRLF, LF or CR; after a CR a client waits to see whether an LF follows.",
            source: "HTML, 9.2.5 and 9.2.6"
        ) { seen in
            let count = try wholeLines(seen).count { $0.end == .carriageReturn }
            return .expect(count == 0, "LF or CRLF", actual: "\(count) lines end in CR")
        },
        ConformanceCase(
            7,
            "No NUL in the stream",
            .should,
            of: .stream,
            requires: "If the field value does not contain U+0000 NULL, then set the last event ID buffer to the field "
                + "value. Otherwise, ignore the field.",
            source: "HTML, 9.2.6"
        ) { seen in
            let count = try wholeLines(seen).count { $0.bytes.contains(0) }
            return .expect(count == 0, "no NUL", actual: "\(count) lines hold one")
        },
        ConformanceCase(
            8,
            "Lines and events are of a size that clients take",
            .advice,
            of: .stream,
            requires: "User agents may impose implementation-specific limits on otherwise unconstrained inputs.",
            source: "HTML, 2.1.10"
        ) { seen in
            let limit = try seen.stream(.stream).limit
            return .expect(limit == nil, "at most \(CheckLimits.eventBytes) bytes", actual: limit ?? "")
        },
    ]

    private static let fields: [ConformanceCase] = [
        ConformanceCase(
            9,
            "Field names are known",
            .should,
            of: .stream,
            requires: "Otherwise: The field is ignored.",
            source: "HTML, 9.2.6"
        ) { seen in
            let known = ["data", "event", "id", "retry", "", Marks.publishedField]
            let unknown = try wholeLines(seen).map(\.name).filter { !known.contains($0) && $0 != "\u{FEFF}" }
            return .expect(unknown.isEmpty, "data, event, id or retry", actual: Shown.values(Array(unknown.prefix(3))))
        },
        ConformanceCase(
            10,
            "Events have data",
            .should,
            of: .stream,
            requires:
                "If the data buffer is an empty string, set the data buffer and the event type buffer to the empty "
                + "string and return: the event is not dispatched.",
            source: "HTML, 9.2.6"
        ) { seen in
            let lost = try seen.stream(.stream).undispatched.filter { $0.type != "message" }
            return .expect(
                lost.isEmpty,
                "data in every event",
                actual: "\(lost.count) of type \(Shown.quote(lost.first?.type ?? "")) without data"
            )
        },
        ConformanceCase(
            11,
            "A retry is a number",
            .should,
            of: .stream,
            requires:
                "If the field value consists of only ASCII digits, then interpret the field value as an integer in "
                + "base ten. Otherwise, ignore the field.",
            source: "HTML, 9.2.6"
        ) { seen in
            let values = try retries(seen)
            let wrong = values.filter { $0.value.isEmpty || !$0.value.allSatisfy { (0x30...0x39).contains($0) } }
            return .expect(wrong.isEmpty, "digits only", actual: Shown.quote(wrong.first?.value ?? []))
        },
        ConformanceCase(
            12,
            "Clients do not come back at once",
            .should,
            of: .stream,
            requires: "Wait a delay equal to the reconnection time of the event source: with none, all clients of a "
                + "server that went away come back at the same moment, again and again.",
            source: "HTML, 9.2.3"
        ) { seen in
            let values = try retries(seen).compactMap { UInt64(String(decoding: $0.value, as: UTF8.self)) }
            guard let least = values.min() else { throw Unjudged.notMeasured("no retry is a number") }
            return .expect(least >= 100, "a retry of at least 100 ms", actual: "retry: \(least)")
        },
        ConformanceCase(
            13,
            "Clients come back today",
            .advice,
            of: .stream,
            requires: "Set the event stream's reconnection time to that integer, in milliseconds.",
            source: "HTML, 9.2.6"
        ) { seen in
            let values = try retries(seen).compactMap { UInt64(String(decoding: $0.value, as: UTF8.self)) }
            guard let most = values.max() else { throw Unjudged.notMeasured("no retry is a number") }
            return .expect(most <= 3_600_000, "a retry of at most an hour", actual: "retry: \(most)")
        },
        ConformanceCase(
            14,
            "IDs come back in a request's head",
            .advice,
            of: .stream,
            requires:
                "A server that receives a request header field line larger than it wishes to process MUST respond "
                + "with an appropriate 4xx (Client Error) status code: an ID comes back as Last-Event-ID.",
            source: "RFC 9110, 5.4"
        ) { seen in
            let values = try seen.stream(.stream).values(of: "id")
            guard let longest = values.map(\.value.count).max() else {
                throw Unjudged.notApplicable("no event has an ID")
            }
            return .expect(longest <= 1024, "IDs of at most 1024 bytes", actual: "\(longest) bytes")
        },
        ConformanceCase(
            15,
            "Types are not those of EventSource itself",
            .advice,
            of: .stream,
            requires: "Event handlers: onopen, onmessage, onerror. An event of the type open or error calls them too.",
            source: "HTML, 9.2.2"
        ) { seen in
            let stream = try seen.stream(.stream)
            guard !stream.events.isEmpty else { throw Unjudged.notMeasured("no event came") }
            let types = stream.events.map(\.type).filter { ["open", "error"].contains($0) }
            return .expect(types.isEmpty, "neither open nor error", actual: Shown.values(types))
        },
        ConformanceCase(
            16,
            "Types have no space around them",
            .advice,
            of: .stream,
            requires: "If value starts with a U+0020 SPACE character, remove it from value: one, and none at the end.",
            source: "HTML, 9.2.6"
        ) { seen in
            let values = try seen.stream(.stream).values(of: "event").map(\.value)
            guard !values.isEmpty else { throw Unjudged.notApplicable("no event has a type") }
            let space = UInt8(ascii: " ")
            let wrong = values.first { $0.first == space || $0.last == space }
            return .expect(wrong == nil, "no space around the type", actual: Shown.quote(wrong ?? []))
        },
    ]

    /// The complete lines of the stream.
    private static func wholeLines(_ seen: Observations) throws(Unjudged) -> [StreamLine] {
        let lines = try seen.stream(.stream).lines.filter { $0.end != nil }
        guard !lines.isEmpty else {
            throw Unjudged.notMeasured("no line came within \(DurationText.format(seen.options.listening))")
        }
        return lines
    }

    private static func retries(_ seen: Observations) throws(Unjudged) -> [StreamLine] {
        let values = try seen.stream(.stream).values(of: "retry").filter { $0.end != nil }
        guard !values.isEmpty else { throw Unjudged.notApplicable("no retry came") }
        return values
    }
}
