import HTTP

extension ConformanceSection {
    static let crossOrigin: [ConformanceCase] = [
        ConformanceCase(
            21,
            "Access-Control-Allow-Origin is one origin",
            .must,
            of: .origin,
            requires: "Access-Control-Allow-Origin = origin-or-null / wildcard",
            source: "Fetch, HTTP new-header syntax"
        ) { seen in
            let values = try allowedOrigins(seen, .origin)
            let isOne = values.count == 1 && !values[0].contains(",") && !values[0].contains(" ")
            return .expect(isOne, "one origin, null or *", actual: Shown.values(values))
        },
        ConformanceCase(
            22,
            "Credentials and the wildcard exclude each other",
            .must,
            of: .origin,
            requires:
                "If request's credentials mode is \"include\", Access-Control-Allow-Origin cannot be `*`: the CORS "
                + "check returns failure, and EventSource withCredentials gets nothing.",
            source: "Fetch, CORS protocol and credentials"
        ) { seen in
            let value = try allowedOrigins(seen, .origin)[0]
            let credentials = try credentials(seen)
            return .expect(
                value != "*",
                "the origin itself beside Access-Control-Allow-Credentials",
                actual: "* and Access-Control-Allow-Credentials: \(Shown.text(credentials))"
            )
        },
        ConformanceCase(
            23,
            "Access-Control-Allow-Credentials is true",
            .must,
            of: .origin,
            requires: "Access-Control-Allow-Credentials = %s\"true\" ; case-sensitive",
            source: "Fetch, HTTP new-header syntax"
        ) { seen in
            _ = try allowedOrigins(seen, .origin)
            let value = try credentials(seen)
            return .expect(value == "true", "true", actual: Shown.quote(value))
        },
        ConformanceCase(
            24,
            "Not every origin may read with credentials",
            .advice,
            of: .origin,
            requires: "Access-Control-Allow-Origin of whoever asks, with Access-Control-Allow-Credentials, lets every "
                + "site read the stream as the user who is logged in.",
            source: "Fetch, CORS protocol and credentials"
        ) { seen in
            let value = try allowedOrigins(seen, .origin)[0]
            let isOpen = value == Marks.origin && (try? credentials(seen)) == "true"
            return .expect(!isOpen, "known origins only", actual: "\(Marks.origin) is allowed, with credentials")
        },
        ConformanceCase(
            25,
            "The origin null is not allowed with credentials",
            .advice,
            of: .nullOrigin,
            requires: "A sandboxed frame or a local file of anybody's has the origin null.",
            source: "Fetch, CORS protocol and credentials"
        ) { seen in
            let value = try allowedOrigins(seen, .nullOrigin)[0]
            let isOpen =
                value == "null"
                && (try? seen.response(.nullOrigin))?.head
                    .value(of: "access-control-allow-credentials") == "true"
            return .expect(!isOpen, "known origins only", actual: "null is allowed, with credentials")
        },
        ConformanceCase(
            26,
            "Caches are told that the answer varies by origin",
            .should,
            of: .origin,
            requires:
                "If CORS protocol requirements are more complicated than setting Access-Control-Allow-Origin to * "
                + "or a static origin, Vary is to be used.",
            source: "Fetch, CORS protocol and HTTP caches"
        ) { seen in
            let value = try allowedOrigins(seen, .origin)[0]
            guard value == Marks.origin else { throw Unjudged.notApplicable("the origin is not repeated") }
            let vary = try seen.response(.origin).head.fields.tokens(of: "vary")
            return .expect(vary.contains("origin") || vary.contains("*"), "Vary: Origin", actual: Shown.values(vary))
        },
        ConformanceCase(
            27,
            "A preflight succeeds",
            .advice,
            of: .preflight,
            .origin,
            requires:
                "A successful HTTP response, i.e., one with an ok status, to a CORS-preflight request: a page that "
                + "reads the stream with fetch and an Authorization header sends one.",
            source: "Fetch, HTTP responses and CORS-preflight fetch"
        ) { seen in
            _ = try allowedOrigins(seen, .origin)
            let status = try seen.response(.preflight).head.status
            return .expect((200..<300).contains(status), "status 200 to 299", actual: "status \(status)")
        },
        ConformanceCase(
            28,
            "A preflight names the header that was asked for",
            .advice,
            of: .preflight,
            .origin,
            requires: "If one of request's header list's names is a CORS non-wildcard request-header name and is not a "
                + "byte-case-insensitive match for an item in headerNames, then return a network error.",
            source: "Fetch, CORS-preflight fetch"
        ) { seen in
            _ = try allowedOrigins(seen, .origin)
            let head = try seen.response(.preflight).head
            guard (200..<300).contains(head.status) else { throw Unjudged.notMeasured("the preflight failed") }
            let names = head.fields.tokens(of: "access-control-allow-headers")
            return .expect(names.contains("authorization"), "authorization", actual: Shown.values(names))
        },
    ]

    /// The allowed origins, of which there is at least one.
    private static func allowedOrigins(_ seen: Observations, _ name: ExchangeName) throws -> [String] {
        let values = try seen.response(name).head.fields.values(of: "access-control-allow-origin")
        guard !values.isEmpty else { throw Unjudged.notApplicable("the stream is for pages of its own origin") }
        return values
    }

    private static func credentials(_ seen: Observations) throws -> String {
        guard let value = try seen.response(.origin).head.value(of: "access-control-allow-credentials") else {
            throw Unjudged.notApplicable("credentials are not allowed")
        }
        return value
    }
}
