import EventStream
import HTTP

extension ConformanceSection {
    /// What stands before the stream.
    static let responseHead = ConformanceSection(1, "Response head", status + framing + handling)

    private static let status: [ConformanceCase] = [
        ConformanceCase(
            1,
            "The status is 200",
            .must,
            of: .stream,
            requires: "If res's status is not 200, or if res's Content-Type is not text/event-stream, then fail the "
                + "connection.",
            source: "HTML, 9.2.3"
        ) { seen in
            let record = try seen.record(.stream)
            guard let head = record.reading.responses.last?.head else {
                return .failed(expected: "a response with status 200", actual: record.silence)
            }
            if head.status == 204 { throw Unjudged.notApplicable("status 204 tells clients not to come back") }
            let location = head.value(of: "location").map { " to \(Shown.quote($0)); check the address it names" }
            return .expect(head.status == 200, "status 200", actual: "status \(head.status)\(location ?? "")")
        },
        ConformanceCase(
            2,
            "The type is text/event-stream",
            .must,
            of: .stream,
            requires: "If res's status is not 200, or if res's Content-Type is not text/event-stream, then fail the "
                + "connection.",
            source: "HTML, 9.2.3"
        ) { seen in
            let head = try seen.response(.stream).head
            if head.status != 200 { throw Unjudged.notMeasured("the status is \(head.status)") }
            return .expect(
                head.hasEventStreamType,
                "Content-Type: text/event-stream",
                actual: Shown.values(head.fields.values(of: "content-type"))
            )
        },
        ConformanceCase(
            3,
            "A charset is utf-8",
            .must,
            of: .stream,
            requires: "The charset parameter may be provided. The parameter's value must be \"utf-8\".",
            source: "HTML, IANA considerations (text/event-stream)"
        ) { seen in
            let head = try seen.streamResponse(.stream).response.head
            guard let charset = parameters(head).first(where: { $0.name == "charset" }) else { return .passed }
            return .expect(charset.value == "utf-8", "charset=utf-8, or none", actual: Shown.quote(charset.value))
        },
        ConformanceCase(
            4,
            "The type has no other parameter",
            .advice,
            of: .stream,
            requires: "Required parameters: No parameters. Optional parameters: charset.",
            source: "HTML, IANA considerations (text/event-stream)"
        ) { seen in
            let head = try seen.streamResponse(.stream).response.head
            let others = parameters(head).map(\.name).filter { $0 != "charset" }
            return .expect(others.isEmpty, "no parameter but charset", actual: Shown.values(others))
        },
        ConformanceCase(
            5,
            "The head can be read",
            .must,
            of: .stream,
            requires: "HTTP-message = start-line CRLF *( field-line CRLF ) CRLF [ message-body ]",
            source: "RFC 9112, 2.1"
        ) { seen in
            let record = try seen.record(.stream)
            if let error = record.reading.headError {
                return .failed(expected: "a status line and field lines", actual: error.rawValue)
            }
            _ = try seen.response(.stream)
            return .passed
        },
        ConformanceCase(
            6,
            "The head's lines end in CRLF",
            .must,
            of: .stream,
            requires: "A sender MUST NOT generate protocol elements that do not match the grammar.",
            source: "RFC 9110, 2.2; RFC 9112, 2.1"
        ) { seen in
            let count = try seen.response(.stream).head.bareLineFeeds
            return .expect(count == 0, "CRLF at the end of each line", actual: "\(count) lines end in a bare LF")
        },
        ConformanceCase(
            7,
            "The version is HTTP/1.1",
            .should,
            of: .stream,
            requires: "A server SHOULD send a response version equal to the highest version to which the server is "
                + "conformant that has a major version less than or equal to the one received in the request.",
            source: "RFC 9110, 6.2"
        ) { seen in
            let version = try seen.response(.stream).head.minorVersion
            return .expect(version == 1, "HTTP/1.1", actual: "HTTP/1.\(version)")
        },
        ConformanceCase(
            8,
            "Fields that may stand once do",
            .must,
            of: .stream,
            requires: "A sender MUST NOT generate multiple field lines with the same name in a message, unless that "
                + "field's definition allows multiple field line values to be recombined as a comma-separated list.",
            source: "RFC 9110, 5.3"
        ) { seen in
            let fields = try seen.response(.stream).head.fields
            let singular = [
                "content-type", "content-length", "content-range", "date", "etag", "last-modified", "location", "age",
                "expires", "retry-after", "access-control-allow-origin",
            ]
            let repeated = singular.filter { fields.values(of: $0).count > 1 }
            return .expect(repeated.isEmpty, "each of them at most once", actual: repeated.joined(separator: ", "))
        },
    ]

    private static let framing: [ConformanceCase] = [
        ConformanceCase(
            9,
            "There is a Date",
            .must,
            of: .stream,
            requires: "An origin server with a clock MUST generate a Date header field in all 2xx (Successful), 3xx "
                + "(Redirection), and 4xx (Client Error) responses.",
            source: "RFC 9110, 6.6.1"
        ) { seen in
            let head = try seen.response(.stream).head
            guard (200..<500).contains(head.status) else {
                throw Unjudged.notApplicable("the status is \(head.status)")
            }
            return .expect(head.value(of: "date") != nil, "a Date", actual: "none")
        },
        ConformanceCase(
            10,
            "Dates are in the preferred format",
            .must,
            of: .stream,
            requires: "When a sender generates a field that contains one or more timestamps defined as HTTP-date, the "
                + "sender MUST generate those timestamps in the IMF-fixdate format.",
            source: "RFC 9110, 5.6.7"
        ) { seen in
            let fields = try seen.response(.stream).head.fields
            // Many send `Expires: 0` on purpose: recipients must take it for the past (RFC 9111, 5.3).
            let dates = ["date", "last-modified"].flatMap { fields.values(of: $0) }
            guard !dates.isEmpty else { throw Unjudged.notApplicable("there is no date") }
            let wrong = dates.filter { !isFixedDate($0) }
            return .expect(wrong.isEmpty, "such as Sun, 06 Nov 1994 08:49:37 GMT", actual: Shown.values(wrong))
        },
        ConformanceCase(
            11,
            "Length and transfer coding exclude each other",
            .must,
            of: .stream,
            requires: "A sender MUST NOT send a Content-Length header field in any message that contains a "
                + "Transfer-Encoding header field.",
            source: "RFC 9112, 6.2"
        ) { seen in
            let head = try seen.response(.stream).head
            let hasBoth = head.value(of: "content-length") != nil && head.value(of: "transfer-encoding") != nil
            return .expect(!hasBoth, "one of them at most", actual: "both")
        },
        ConformanceCase(
            12,
            "The length is a number",
            .must,
            of: .stream,
            requires:
                "Content-Length = 1*DIGIT. A sender MUST NOT forward a message with a Content-Length header field "
                + "value that is known to be incorrect.",
            source: "RFC 9110, 8.6"
        ) { seen in
            let values = try seen.response(.stream).head.fields.values(of: "content-length")
            guard !values.isEmpty else { throw Unjudged.notApplicable("there is no Content-Length") }
            let isNumber = values.count == 1 && values[0].utf8.allSatisfy { (0x30...0x39).contains($0) }
            return .expect(isNumber && UInt64(values[0]) != nil, "one number", actual: Shown.values(values))
        },
        ConformanceCase(
            13,
            "No end is announced",
            .should,
            of: .stream,
            requires: "If a valid Content-Length header field is present without Transfer-Encoding, its decimal value "
                + "defines the expected message body length in octets: the stream ends there.",
            source: "RFC 9112, 6.3"
        ) { seen in
            let head = try seen.streamResponse(.stream).response.head
            let length = head.value(of: "content-length")
            return .expect(length == nil, "no Content-Length", actual: "Content-Length: \(Shown.text(length ?? ""))")
        },
        ConformanceCase(
            14,
            "The transfer coding is chunked, once, and last",
            .must,
            of: .stream,
            requires: "A sender MUST NOT apply the chunked transfer coding more than once to a message body. If any "
                + "other coding is applied, the sender MUST either apply chunked as the final one or close the connection.",
            source: "RFC 9112, 6.1"
        ) { seen in
            let codings = try seen.response(.stream).head.fields.tokens(of: "transfer-encoding")
            guard !codings.isEmpty else { throw Unjudged.notApplicable("there is no Transfer-Encoding") }
            return .expect(codings == ["chunked"], "chunked alone: no TE was sent", actual: Shown.values(codings))
        },
        ConformanceCase(
            15,
            "A body that ends with the connection says so",
            .should,
            of: .stream,
            requires: "A server that does not support persistent connections MUST send the \"close\" connection "
                + "option in every response message that does not have a 1xx (Informational) status code.",
            source: "RFC 9112, 9.3"
        ) { seen in
            let response = try seen.streamResponse(.stream).response
            guard response.framing == .untilClose else { throw Unjudged.notApplicable("the body tells its own end") }
            let options = response.head.fields.tokens(of: "connection")
            return .expect(options.contains("close"), "Connection: close", actual: Shown.values(options))
        },
    ]

    /// The parameters of the media type, names and values in lower case.
    private static func parameters(_ head: HTTPResponseHead) -> [(name: String, value: String)] {
        let value = head.value(of: "content-type") ?? ""
        return value.split(separator: ";").dropFirst().compactMap { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1).map { trim(String($0)).lowercased() }
            guard let name = parts.first, !name.isEmpty else { return nil }
            let value = parts.count > 1 ? parts[1] : ""
            let isQuoted = value.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"")
            return (name, isQuoted ? String(value.dropFirst().dropLast()) : value)
        }
    }

    private static func trim(_ text: String) -> String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    /// Whether a text is an IMF-fixdate (RFC 9110, 5.6.7).
    static func isFixedDate(_ text: String) -> Bool {
        let form =
            /(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT/
        return text.wholeMatch(of: form) != nil
    }
}

extension ConformanceSection {
    /// What caches and proxies make of the stream.
    static let handling: [ConformanceCase] = [
        ConformanceCase(
            16,
            "Caches do not keep the stream",
            .should,
            of: .stream,
            requires: "The no-store response directive indicates that a cache MUST NOT store any part of either the "
                + "immediate request or the response; a 200 without it may be stored and reused.",
            source: "RFC 9111, 3 and 5.2.2.5"
        ) { seen in
            let head = try seen.streamResponse(.stream).response.head
            let directives = head.fields.tokens(of: "cache-control")
            let names = directives.map { String($0.prefix { $0 != "=" }) }
            return .expect(
                names.contains("no-store") || names.contains("no-cache"),
                "Cache-Control: no-store, or no-cache",
                actual: Shown.values(directives)
            )
        },
        ConformanceCase(
            17,
            "nginx is told not to buffer",
            .advice,
            of: .stream,
            requires: "Buffering can also be enabled or disabled by passing \"yes\" or \"no\" in the "
                + "\"X-Accel-Buffering\" response header field.",
            source: "nginx, ngx_http_proxy_module, proxy_buffering"
        ) { seen in
            let value = try seen.streamResponse(.stream).response.head.value(of: "x-accel-buffering")
            return .expect(
                value?.lowercased() == "no",
                "X-Accel-Buffering: no",
                actual: Shown.values(value.map { [$0] } ?? [])
            )
        },
        ConformanceCase(
            18,
            "The head fits a proxy's buffer",
            .advice,
            of: .stream,
            requires: "Sets the size of the buffer used for reading the first part of the response received from the "
                + "proxied server. By default, the buffer size is equal to one memory page: either 4K or 8K.",
            source: "nginx, ngx_http_proxy_module, proxy_buffer_size"
        ) { seen in
            let bytes = try seen.response(.stream).headBytes
            return .expect(bytes <= 4096, "at most 4096 bytes", actual: "\(bytes) bytes")
        },
        ConformanceCase(
            19,
            "The stream is not compressed unasked",
            .advice,
            of: .stream,
            requires: "A compressor holds events back until it is flushed; the request named no coding.",
            source: "RFC 9110, 12.5.3"
        ) { seen in
            let codings = try seen.streamResponse(.stream).response.head.fields.tokens(of: "content-encoding")
            return .expect(
                codings.allSatisfy { $0 == "identity" },
                "no Content-Encoding",
                actual: Shown.values(codings)
            )
        },
    ]
}
