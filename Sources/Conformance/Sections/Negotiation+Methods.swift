import EventStream

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
