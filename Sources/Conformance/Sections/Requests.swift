import HTTP

extension ConformanceSection {
    /// Requests that are unusual, or wrong.
    static let requests = ConformanceSection(7, "Requests", unusual + wrong)

    private static let unusual: [ConformanceCase] = [
        ConformanceCase(
            1,
            "A target in absolute form is accepted",
            .must,
            of: .absoluteForm,
            .stream,
            requires:
                "A server MUST accept the absolute-form in requests even though most HTTP/1.1 clients will only send "
                + "the absolute-form to a proxy.",
            source: "RFC 9112, 3.2.2"
        ) { seen in
            _ = try seen.stream(.stream)
            return try getsStream(seen, .absoluteForm)
        },
        ConformanceCase(
            2,
            "Field names are read in any letter case",
            .must,
            of: .fieldCase,
            .stream,
            requires: "Field names are case-insensitive. field-line = field-name \":\" OWS field-value OWS",
            source: "RFC 9110, 5.1; RFC 9112, 5"
        ) { seen in
            _ = try seen.stream(.stream)
            return try getsStream(seen, .fieldCase)
        },
        ConformanceCase(
            3,
            "An empty line before a request is passed over",
            .should,
            of: .emptyLineFirst,
            .stream,
            requires: "A server that is expecting to receive and parse a request-line SHOULD ignore at least one empty "
                + "line (CRLF) received prior to the request-line.",
            source: "RFC 9112, 2.2"
        ) { seen in
            _ = try seen.stream(.stream)
            return try getsStream(seen, .emptyLineFirst)
        },
        ConformanceCase(
            4,
            "A request line of 8,000 bytes is read",
            .should,
            of: .longTarget,
            .stream,
            requires:
                "It is RECOMMENDED that all HTTP senders and recipients support, at a minimum, request-line lengths "
                + "of 8000 octets.",
            source: "RFC 9112, 3"
        ) { seen in
            _ = try seen.stream(.stream)
            let response = try seen.response(.longTarget)
            let isTooLong = [413, 414, 431].contains(response.head.status) || response.head.status >= 500
            return .expect(!isTooLong, "no refusal for its length", actual: response.summary)
        },
        ConformanceCase(
            5,
            "A target that is too long is refused with 414",
            .must,
            of: .hugeTarget,
            requires:
                "A server that receives a request-target longer than any URI it wishes to parse MUST respond with a "
                + "414 (URI Too Long) status code.",
            source: "RFC 9112, 3"
        ) { seen in
            let record = try seen.record(.hugeTarget)
            guard let response = record.reading.responses.first else {
                return .failed(expected: "status 414, or the stream", actual: record.silence)
            }
            let isFine = response.head.status == 414 || (200..<300).contains(response.head.status)
            return .expect(isFine, "status 414, or the stream", actual: "status \(response.head.status)")
        },
    ]

    private static let wrong: [ConformanceCase] = [
        ConformanceCase(
            6,
            "A request without Host is refused",
            .must,
            of: .noHost,
            requires: "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that "
                + "lacks a Host header field.",
            source: "RFC 9112, 3.2"
        ) { seen in try isRefused(seen, .noHost) },
        ConformanceCase(
            7,
            "A request with two Hosts is refused",
            .must,
            of: .twoHosts,
            requires: "A server MUST respond with a 400 (Bad Request) status code to any request message that contains "
                + "more than one Host header field line.",
            source: "RFC 9112, 3.2"
        ) { seen in try isRefused(seen, .twoHosts) },
        ConformanceCase(
            8,
            "A space before a colon is refused",
            .must,
            of: .spaceBeforeColon,
            requires:
                "A server MUST reject, with a response status code of 400 (Bad Request), any received request message "
                + "that contains whitespace between a header field name and colon.",
            source: "RFC 9112, 5.1"
        ) { seen in try isRefused(seen, .spaceBeforeColon) },
        ConformanceCase(
            9,
            "A folded field is refused, or unfolded",
            .must,
            of: .foldedField,
            requires:
                "A server that receives an obs-fold in a request message MUST either reject the message by sending a "
                + "400 (Bad Request) or replace each received obs-fold with one or more SP octets.",
            source: "RFC 9112, 5.2"
        ) { seen in
            let response = try seen.response(.foldedField)
            let isFine = response.isStream || response.head.status == 400
            return .expect(isFine, "status 400, or the stream", actual: response.summary)
        },
        ConformanceCase(
            10,
            "A NUL in a field is refused, or replaced",
            .must,
            of: .nullInField,
            requires:
                "A recipient of CR, LF, or NUL within a field value MUST either reject the message or replace each of "
                + "those characters with SP before further processing.",
            source: "RFC 9110, 5.5"
        ) { seen in
            let record = try seen.record(.nullInField)
            guard let response = record.reading.responses.first else {
                // Closing without a word is a rejection too.
                guard record.end == .closed else { throw Unjudged.notMeasured(record.silence) }
                return .passed
            }
            if let stream = response.stream {
                let hasNull = stream.lines.contains { $0.bytes.contains(0) }
                return .expect(!hasNull, "no NUL in the stream", actual: "the NUL in a line of the stream")
            }
            return .expect(response.head.status < 500, "status 400, or the stream", actual: response.summary)
        },
        ConformanceCase(
            11,
            "A request line that is none is refused",
            .should,
            of: .badRequestLine,
            requires:
                "Recipients of an invalid request-line SHOULD respond with either a 400 (Bad Request) error or a 301 "
                + "(Moved Permanently) redirect with the request-target properly encoded.",
            source: "RFC 9112, 3"
        ) { seen in
            let record = try seen.record(.badRequestLine)
            guard let status = record.reading.responses.first?.head.status else {
                return .failed(expected: "status 400", actual: record.silence)
            }
            return .expect(status == 400 || status == 301, "status 400", actual: "status \(status)")
        },
        ConformanceCase(
            12,
            "A refusal has a Date",
            .must,
            of: .noHost,
            .twoHosts,
            .spaceBeforeColon,
            .foldedField,
            .badRequestLine,
            .unknownMethod,
            requires: "An origin server with a clock MUST generate a Date header field in all 2xx (Successful), 3xx "
                + "(Redirection), and 4xx (Client Error) responses.",
            source: "RFC 9110, 6.6.1"
        ) { seen in
            let refusals = try refusals(seen)
            let silent = refusals.first { $0.response.head.value(of: "date") == nil }
            return .expect(silent == nil, "a Date", actual: "none in the answer to: \(silent?.name.sentence ?? "")")
        },
        ConformanceCase(
            13,
            "A refusal is complete",
            .must,
            of: .noHost,
            .twoHosts,
            .spaceBeforeColon,
            .foldedField,
            .badRequestLine,
            .unknownMethod,
            requires:
                "If a valid Content-Length header field is present, its decimal value defines the expected message "
                + "body length in octets. If the sender closes the connection before, the message is incomplete.",
            source: "RFC 9112, 6.3 and 8"
        ) { seen in
            let refusals = try refusals(seen)
            let broken = refusals.first { $0.response.problem != nil }
            return .expect(
                broken == nil,
                "a body as long as the head says",
                actual: "\(broken?.response.problem ?? "") in the answer to: \(broken?.name.sentence ?? "")"
            )
        },
        ConformanceCase(
            14,
            "A refusal is no event stream",
            .advice,
            of: .noHost,
            .twoHosts,
            .spaceBeforeColon,
            .foldedField,
            .badRequestLine,
            .unknownMethod,
            requires:
                "If res's status is not 200, then fail the connection: what a refusal says in events, nobody reads.",
            source: "HTML, 9.2.3"
        ) { seen in
            let refusals = try refusals(seen)
            let stream = refusals.first { $0.response.head.hasEventStreamType }
            return .expect(stream == nil, "another type", actual: stream?.response.summary ?? "")
        },
    ]

    private static func isRefused(_ seen: Observations, _ name: ExchangeName) throws -> Outcome {
        let record = try seen.record(name)
        guard let response = record.reading.responses.first else {
            return .failed(expected: "status 400", actual: record.silence)
        }
        return .expect(response.head.status == 400, "status 400", actual: response.summary)
    }

    /// The answers of a status from 400 to 499.
    private static func refusals(_ seen: Observations) throws -> [(name: ExchangeName, response: Response)] {
        let refusals = seen.allResponses.filter { (400..<500).contains($0.response.head.status) }
        guard !refusals.isEmpty else { throw Unjudged.notApplicable("nothing was refused") }
        return refusals
    }
}
