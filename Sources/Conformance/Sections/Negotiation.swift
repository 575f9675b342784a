import HTTP

extension ConformanceSection {
    /// What the request asks for, and what the answer makes of it.
    static let negotiation = ConformanceSection(3, "Negotiation", representation + methods + crossOrigin)

    private static let representation: [ConformanceCase] = [
        ConformanceCase(
            1,
            "Accept: */* gets the stream",
            .should,
            of: .acceptAny,
            requires:
                "The asterisk \"*\" character is used to group media types into ranges, with \"*/*\" indicating all "
                + "media types.",
            source: "RFC 9110, 12.5.1"
        ) { seen in try getsStream(seen, .acceptAny) },
        ConformanceCase(
            2,
            "No Accept gets the stream",
            .should,
            of: .acceptNothing,
            requires:
                "A request without any Accept header field implies that the user agent will accept any media type "
                + "in response.",
            source: "RFC 9110, 12.5.1"
        ) { seen in try getsStream(seen, .acceptNothing) },
        ConformanceCase(
            3,
            "An Accept that cannot be met is disregarded, or refused as such",
            .should,
            of: .acceptOther,
            requires: "The server can either honor the header field by sending a 406 (Not Acceptable) response or "
                + "disregard the header field by treating the response as if it is not subject to content negotiation.",
            source: "RFC 9110, 12.5.1"
        ) { seen in
            let response = try seen.response(.acceptOther)
            let isFine = response.isStream || response.head.status == 406
            return .expect(isFine, "the stream, or status 406", actual: response.summary)
        },
        ConformanceCase(
            4,
            "Compression is one that was offered",
            .should,
            of: .encodings,
            requires: "If an Accept-Encoding header field is present in a request and none of the available "
                + "representations for the response have a content coding that is listed as acceptable, the origin "
                + "server SHOULD send a response without any content coding.",
            source: "RFC 9110, 12.5.3"
        ) { seen in
            let codings = try seen.response(.encodings).head.fields.tokens(of: "content-encoding")
            let offered = ["gzip", "x-gzip", "deflate", "identity"]
            return .expect(codings.allSatisfy(offered.contains), "gzip or deflate", actual: Shown.values(codings))
        },
        ConformanceCase(
            5,
            "Compression does not hold events back",
            .should,
            of: .encodings,
            .stream,
            requires: "Content codings can be flushed; an event that a compressor holds is not sent.",
            source: "HTML, 9.2.7; RFC 1951, 3.2.4"
        ) { seen in
            let (response, stream) = try seen.streamResponse(.encodings)
            guard !response.codings.isEmpty else { throw Unjudged.notApplicable("the stream is not compressed") }
            if let problem = response.problem { return .failed(expected: "a compressed stream", actual: problem) }
            let usual = try seen.stream(.stream)
            guard let first = usual.beats.first, let sent = try seen.record(.stream).sent,
                first < sent + CheckLimits.briefly / 2
            else { throw Unjudged.notMeasured("an uncompressed stream has nothing to send at once either") }
            return .expect(!stream.beats.isEmpty, "what an uncompressed stream begins with", actual: "nothing")
        },
        ConformanceCase(
            6,
            "Caches are told that the coding varies",
            .should,
            of: .encodings,
            requires:
                "An origin server SHOULD generate a Vary header field on a cacheable response when it wishes that "
                + "response to be selectively reused for subsequent requests.",
            source: "RFC 9110, 12.5.5"
        ) { seen in
            let response = try seen.response(.encodings)
            guard !response.codings.isEmpty else { throw Unjudged.notApplicable("the stream is not compressed") }
            let directives = response.head.fields.tokens(of: "cache-control")
            guard !directives.contains("no-store") else { throw Unjudged.notApplicable("no cache may store it") }
            let vary = response.head.fields.tokens(of: "vary")
            let isTold = vary.contains("accept-encoding") || vary.contains("*")
            return .expect(isTold, "Vary: Accept-Encoding", actual: Shown.values(vary))
        },
        ConformanceCase(
            7,
            "Accept-Encoding: identity gets no coding",
            .should,
            of: .identity,
            requires:
                "If none of the available representations have a content coding that is listed as acceptable, the "
                + "origin server SHOULD send a response without any content coding.",
            source: "RFC 9110, 12.5.3"
        ) { seen in
            let codings = try seen.response(.identity).head.fields.tokens(of: "content-encoding")
            return .expect(
                codings.allSatisfy { $0 == "identity" },
                "no Content-Encoding",
                actual: Shown.values(codings)
            )
        },
        ConformanceCase(
            8,
            "An If-None-Match that does not match gets the stream",
            .must,
            of: .conditional,
            .stream,
            requires:
                "An origin server MUST evaluate the request preconditions in the following order: when If-None-Match "
                + "is present, evaluate the If-None-Match precondition; if true, continue.",
            source: "RFC 9110, 13.1.2 and 13.2.2"
        ) { seen in
            _ = try seen.stream(.stream)
            let response = try seen.response(.conditional)
            let isFine = response.head.status != 304 && response.head.status != 412
            return .expect(isFine, "the stream", actual: response.summary)
        },
        ConformanceCase(
            9,
            "A Range is ignored, or answered as one",
            .must,
            of: .range,
            requires: "If a single part is being transferred, the server generating the 206 response MUST generate a "
                + "Content-Range header field.",
            source: "RFC 9110, 14.2 and 15.3.7.1"
        ) { seen in
            let head = try seen.response(.range).head
            guard head.status == 206 else {
                return .expect(head.status < 500, "status 200, or 206", actual: "status \(head.status)")
            }
            let range = head.fields.values(of: "content-range")
            return .expect(range.count == 1, "a Content-Range", actual: Shown.values(range))
        },
    ]

    /// Whether an exchange was answered by the stream.
    static func getsStream(_ seen: Observations, _ name: ExchangeName) throws -> Outcome {
        let response = try seen.response(name)
        return .expect(response.isStream, "200 text/event-stream", actual: response.summary)
    }
}

extension ConformanceSection {
    /// Methods and versions.
    static let methods: [ConformanceCase] = [
        ConformanceCase(
            10,
            "HEAD is implemented",
            .must,
            of: .head,
            requires: "All general-purpose servers MUST support the methods GET and HEAD.",
            source: "RFC 9110, 9.1"
        ) { seen in
            guard let status = try seen.record(.head).reading.responses.first?.head.status else {
                return .failed(expected: "an answer", actual: try seen.record(.head).silence)
            }
            return .expect(status != 501, "any status but 501", actual: "status \(status)")
        },
        ConformanceCase(
            11,
            "The answer to a HEAD has no content",
            .must,
            of: .head,
            requires:
                "The HEAD method is identical to GET except that the server MUST NOT send content in the response.",
            source: "RFC 9110, 9.3.2"
        ) { seen in
            _ = try seen.response(.head)
            let surplus = try seen.record(.head).reading.surplus
            return .expect(surplus == 0, "nothing after the head", actual: "\(surplus) bytes")
        },
        ConformanceCase(
            12,
            "The answer to a HEAD is that to a GET",
            .should,
            of: .head,
            .stream,
            requires:
                "The HEAD method is identical to GET except that the server MUST NOT send content in the response. The "
                + "server SHOULD send the same header fields in response to a HEAD request as it would have sent if the "
                + "request method had been GET.",
            source: "RFC 9110, 9.3.2"
        ) { seen in
            let (head, get) = (try seen.response(.head), try seen.response(.stream))
            return .expect(head.summary == get.summary, get.summary, actual: head.summary)
        },
        ConformanceCase(
            13,
            "An unknown method is refused as such",
            .should,
            of: .unknownMethod,
            requires: "An origin server that receives a request method that is unrecognized or not implemented SHOULD "
                + "respond with the 501 (Not Implemented) status code; one that is not allowed for the target, with 405.",
            source: "RFC 9110, 9.1"
        ) { seen in
            guard let status = try seen.record(.unknownMethod).reading.responses.first?.head.status else {
                return .failed(expected: "status 501, or 405", actual: try seen.record(.unknownMethod).silence)
            }
            return .expect([501, 405].contains(status), "status 501, or 405", actual: "status \(status)")
        },
        ConformanceCase(
            14,
            "A 405 names what is allowed",
            .must,
            of: .unknownMethod,
            .options,
            .head,
            requires:
                "The origin server MUST generate an Allow header field in a 405 response containing a list of the "
                + "target resource's currently supported methods.",
            source: "RFC 9110, 15.5.6"
        ) { seen in
            let refusals = seen.allResponses.filter { $0.response.head.status == 405 }
            guard !refusals.isEmpty else { throw Unjudged.notApplicable("no answer was a 405") }
            let silent = refusals.first { $0.response.head.value(of: "allow") == nil }
            return .expect(silent == nil, "an Allow", actual: "none in the answer to: \(silent?.name.sentence ?? "")")
        },
        ConformanceCase(
            15,
            "OPTIONS is answered",
            .should,
            of: .options,
            requires: "A server generating a successful response to OPTIONS SHOULD send any header that might indicate "
                + "optional features implemented by the server and applicable to the target resource (e.g., Allow).",
            source: "RFC 9110, 9.3.7"
        ) { seen in
            let head = try seen.response(.options).head
            guard (200..<300).contains(head.status) else {
                if [405, 501].contains(head.status) {
                    throw Unjudged.notApplicable("OPTIONS is optional; status \(head.status)")
                }
                return .failed(
                    expected: "status 200 or 204, or a refusal as 405 or 501",
                    actual: "status \(head.status)"
                )
            }
            return .expect(head.value(of: "allow") != nil, "an Allow", actual: "none")
        },
        ConformanceCase(
            16,
            "A 204 has neither length nor content",
            .must,
            of: .stream,
            .options,
            .preflight,
            requires: "A server MUST NOT send a Content-Length header field in any response with a status code of 1xx "
                + "(Informational) or 204 (No Content).",
            source: "RFC 9110, 8.6; HTML, 9.2.1"
        ) { seen in
            let empty = seen.allResponses.filter { $0.response.head.status == 204 }
            guard !empty.isEmpty else {
                throw Unjudged.notApplicable("no answer was a 204, which tells clients not to come back")
            }
            let wrong = empty.first { name, response in
                response.head.value(of: "content-length") != nil || response.head.value(of: "transfer-encoding") != nil
                    || (seen.records[name]?.reading.surplus ?? 0) > 0
            }
            return .expect(wrong == nil, "a head alone", actual: "more in the answer to: \(wrong?.name.sentence ?? "")")
        },
        ConformanceCase(
            17,
            "A redirection says where to",
            .should,
            of: .stream,
            requires: "The server SHOULD generate a Location header field in the response containing a preferred URI "
                + "reference for the new permanent URI.",
            source: "RFC 9110, 15.4.2 to 15.4.9"
        ) { seen in
            let head = try seen.response(.stream).head
            guard [301, 302, 303, 307, 308].contains(head.status) else {
                throw Unjudged.notApplicable("the answer is no redirection")
            }
            return .expect(head.value(of: "location") != nil, "a Location", actual: "none")
        },
        ConformanceCase(
            18,
            "HTTP/1.0 gets the stream without a transfer coding",
            .must,
            of: .oldVersion,
            requires: "A server MUST NOT send a response containing Transfer-Encoding unless the corresponding request "
                + "indicates HTTP/1.1 (or later minor revisions).",
            source: "RFC 9112, 6.1"
        ) { seen in
            let coding = try seen.response(.oldVersion).head.value(of: "transfer-encoding")
            return .expect(coding == nil, "no Transfer-Encoding", actual: Shown.values(coding.map { [$0] } ?? []))
        },
        ConformanceCase(
            19,
            "HTTP/1.0 gets the stream",
            .should,
            of: .oldVersion,
            .stream,
            requires: "The interpretation of a header field does not change between minor versions of the same major "
                + "HTTP version; proxies such as nginx ask in HTTP/1.0 by default.",
            source: "RFC 9110, 2.5; nginx, proxy_http_version"
        ) { seen in
            _ = try seen.stream(.stream)
            return try getsStream(seen, .oldVersion)
        },
        ConformanceCase(
            20,
            "A later minor version is taken for HTTP/1.1",
            .should,
            of: .laterMinor,
            .stream,
            requires: "A recipient that receives a message with a major version number that it implements and a "
                + "minor version number higher than what it implements SHOULD process the message as if it "
                + "were in the highest minor version within that major version to which the recipient is "
                + "conformant.",
            source: "RFC 9110, 6.2"
        ) { seen in
            _ = try seen.stream(.stream)
            return try getsStream(seen, .laterMinor)
        },
    ]
}
