import EventStream

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
