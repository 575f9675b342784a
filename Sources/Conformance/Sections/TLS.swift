import Vocabulary

extension ConformanceSection {
    /// The handshake and the end of a TLS connection.
    static let tls = ConformanceSection(6, "TLS", handshakes + hellos)

    private static let handshakes: [ConformanceCase] = [
        ConformanceCase(
            1,
            "TLS 1.3 is spoken",
            .should,
            of: .tls13,
            requires:
                "Implementations SHOULD support TLS 1.3 and, if implemented, MUST prefer to negotiate TLS 1.3 over "
                + "earlier versions of TLS.",
            source: "RFC 9325, 3.1.1"
        ) { seen in try speaks(seen, .tls13, "TLSv1.3") },
        ConformanceCase(
            2,
            "TLS 1.2 is spoken",
            .advice,
            of: .tls12,
            requires: "Implementations MUST support TLS 1.2: some clients and middleboxes know nothing newer.",
            source: "RFC 9325, 3.1.1"
        ) { seen in try speaks(seen, .tls12, "TLSv1.2") },
        ConformanceCase(
            3,
            "The highest common version is chosen",
            .must,
            of: .stream,
            .tls13,
            requires:
                "Implementations SHOULD support TLS 1.3 and, if implemented, MUST prefer to negotiate TLS 1.3 over "
                + "earlier versions of TLS.",
            source: "RFC 9325, 3.1.1"
        ) { seen in
            guard try seen.record(.tls13).tls?.version == "TLSv1.3" else {
                throw Unjudged.notApplicable("TLS 1.3 is not spoken")
            }
            let version = try seen.record(.stream).tls?.version
            return .expect(version == "TLSv1.3", "TLSv1.3", actual: version ?? "no handshake")
        },
        ConformanceCase(
            4,
            "The application protocol is http/1.1, or none",
            .must,
            of: .stream,
            requires: "The \"ProtocolNameList\" MUST contain exactly one \"ProtocolName\": one of those that the "
                + "client offered.",
            source: "RFC 7301, 3.1"
        ) { seen in
            guard let facts = try seen.record(.stream).tls, facts.version != nil else {
                throw Unjudged.notApplicable("the address is not an https one")
            }
            let chosen = facts.applicationProtocol
            return .expect(chosen == nil || chosen == "http/1.1", "http/1.1", actual: Shown.quote(chosen ?? ""))
        },
        ConformanceCase(
            5,
            "An unknown application protocol is refused",
            .must,
            of: .unknownProtocol,
            .stream,
            requires: "In the event that the server supports no protocols that the client advertises, then the server "
                + "SHALL respond with a fatal \"no_application_protocol\" alert.",
            source: "RFC 7301, 3.2"
        ) { seen in
            guard try seen.record(.stream).tls?.applicationProtocol != nil else {
                throw Unjudged.notApplicable("the server does not negotiate application protocols")
            }
            let record = try seen.record(.unknownProtocol)
            guard let facts = record.tls, facts.version == nil else {
                return .failed(expected: "alert 120, no_application_protocol", actual: "a completed handshake")
            }
            let actual = facts.alerts.first.map { "alert \($0)" } ?? record.end.words
            return .expect(facts.alerts.contains(120), "alert 120, no_application_protocol", actual: actual)
        },
        ConformanceCase(
            6,
            "An unknown server name is served, or refused with an alert",
            .should,
            of: .unknownServerName,
            requires: "The server SHOULD take one of two actions: either abort the handshake by sending a fatal-level "
                + "unrecognized_name(112) alert or continue the handshake.",
            source: "RFC 6066, 3"
        ) { seen in
            let record = try seen.record(.unknownServerName)
            let facts = record.tls ?? TLSFacts()
            return .expect(
                facts.version != nil || !facts.alerts.isEmpty,
                "a handshake, or alert 112",
                actual: record.end.words
            )
        },
        ConformanceCase(
            7,
            "Sessions are resumed",
            .advice,
            of: .session,
            requires:
                "Once a handshake has completed, the server can send the client a PSK identity that can be used in "
                + "future handshakes: clients that come back all at once cost a fraction of their first handshakes.",
            source: "RFC 8446, 2.2"
        ) { seen in
            guard let facts = try seen.record(.session).tls, facts.version != nil else {
                throw Unjudged.notMeasured("no handshake: \(try seen.record(.session).end.words)")
            }
            return .expect(facts.isResumed, "a resumed session", actual: "a full handshake")
        },
        ConformanceCase(
            8,
            "close_notify comes before the end",
            .must,
            of: .closeNotify,
            requires:
                "Each party MUST send a \"close_notify\" alert before closing its write side of the connection, unless "
                + "it has already sent some error alert.",
            source: "RFC 8446, 6.1"
        ) { seen in
            let record = try seen.record(.closeNotify)
            guard let facts = record.tls, facts.version != nil else {
                throw Unjudged.notMeasured("no handshake: \(record.end.words)")
            }
            switch record.end {
            case .closed:
                return .expect(!facts.alerts.isEmpty, "an alert before the end", actual: "the end without one")
            case .failed(let name): return .failed(expected: "close_notify", actual: name)
            default: throw Unjudged.notMeasured("the server did not close: \(record.end.words)")
            }
        },
        ConformanceCase(
            9,
            "A client without TLS is not left waiting",
            .advice,
            of: .plainOnTLS,
            requires: "If a TLS implementation receives an unexpected record type, it MUST terminate the "
                + "connection with an \"unexpected_message\" alert.",
            source: "RFC 8446, 5"
        ) { seen in
            let record = try seen.record(.plainOnTLS)
            if case .timeout(let name) = record.end { return .failed(expected: "an answer, or an end", actual: name) }
            return .passed
        },
    ]

    private static func speaks(_ seen: Observations, _ name: ExchangeName, _ version: String) throws -> Outcome {
        let record = try seen.record(name)
        return .expect(record.tls?.version == version, version, actual: record.tls?.version ?? record.end.words)
    }
}

extension ConformanceSection {
    static let hellos: [ConformanceCase] = [
        ConformanceCase(
            10,
            "TLS 1.1 is refused",
            .must,
            of: .helloOld,
            requires: "TLS 1.1 MUST NOT be used. Negotiation of TLS 1.1 from any version of TLS MUST NOT be permitted.",
            source: "RFC 8996, 5"
        ) { seen in
            let answer = try answer(seen, .helloOld)
            if case .hello = answer { return .failed(expected: "an alert", actual: answer.words) }
            return .passed
        },
        ConformanceCase(
            11,
            "A refused version is named by an alert",
            .must,
            of: .helloOld,
            requires: "If the \"supported_versions\" extension is absent and the server only supports versions "
                + "greater than ClientHello.legacy_version, the server MUST abort the handshake with a "
                + "\"protocol_version\" alert.",
            source: "RFC 8446, D.2"
        ) { seen in
            let answer = try answer(seen, .helloOld)
            if case .hello = answer { throw Unjudged.notApplicable("the version is spoken") }
            return .expect(answer == .alert(70), "alert 70, protocol_version", actual: answer.words)
        },
        ConformanceCase(
            12,
            "A ClientHello that comes byte by byte is answered",
            .must,
            of: .helloPieces,
            .hello12,
            requires: "TLS carries its records over a stream: where TCP cuts them means nothing.",
            source: "RFC 8446, 5.1"
        ) { seen in try isAnsweredAlike(seen, .helloPieces) },
        ConformanceCase(
            13,
            "A ClientHello in many records is answered",
            .must,
            of: .helloFragments,
            .hello12,
            requires:
                "Handshake messages MAY be coalesced into a single TLSPlaintext record or fragmented across several "
                + "records.",
            source: "RFC 8446, 5.1"
        ) { seen in try isAnsweredAlike(seen, .helloFragments) },
        ConformanceCase(
            14,
            "What nobody knows in a ClientHello is ignored",
            .must,
            of: .helloUnknowns,
            .hello12,
            requires:
                "If the list contains cipher suites that the server does not recognize, support, or wish to use, the "
                + "server MUST ignore those cipher suites. Servers MUST ignore unrecognized extensions.",
            source: "RFC 8446, 4.1.2; RFC 8701, 3.1"
        ) { seen in try isAnsweredAlike(seen, .helloUnknowns) },
        ConformanceCase(
            15,
            "A downgrade to TLS 1.2 is marked",
            .must,
            of: .hello12,
            .tls13,
            requires: "If negotiating TLS 1.2, TLS 1.3 servers MUST set the last 8 bytes of their Random value to "
                + "the bytes: 44 4F 57 4E 47 52 44 01.",
            source: "RFC 8446, 4.1.3"
        ) { seen in
            try speaksTLS13(seen)
            guard case .hello(_, let random, _) = try answer(seen, .hello12) else {
                throw Unjudged.notApplicable("TLS 1.2 is not spoken")
            }
            let mark: [UInt8] = [0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44, 0x01]
            let end = random.suffix(8).map { String($0, radix: 16) }.joined(separator: " ")
            return .expect(random.suffix(8).elementsEqual(mark), "a Random that ends so", actual: end)
        },
        ConformanceCase(
            16,
            "A fallback from TLS 1.3 is refused",
            .must,
            of: .helloFallback,
            .hello12,
            .tls13,
            requires:
                "If TLS_FALLBACK_SCSV appears in ClientHello.cipher_suites and the highest protocol version supported "
                + "by the server is higher than the version indicated in ClientHello.client_version, the server MUST "
                + "respond with a fatal inappropriate_fallback alert.",
            source: "RFC 7507, 3"
        ) { seen in
            try speaksTLS13(seen)
            guard case .hello = try answer(seen, .hello12) else {
                throw Unjudged.notApplicable("TLS 1.2 is not spoken")
            }
            let answer = try answer(seen, .helloFallback)
            return .expect(answer == .alert(86), "alert 86, inappropriate_fallback", actual: answer.words)
        },
        ConformanceCase(
            17,
            "TLS 1.2 renegotiates safely or not at all",
            .must,
            of: .hello12,
            requires:
                "If the \"renegotiation_info\" extension is included in the ClientHello, the server MUST include an "
                + "empty \"renegotiation_info\" extension in the ServerHello message.",
            source: "RFC 5746, 3.6"
        ) { seen in try hasExtension(seen, 0xFF01, "renegotiation_info") },
        ConformanceCase(
            18,
            "TLS 1.2 binds its keys to the handshake",
            .should,
            of: .hello12,
            requires: "If a server implementing this document receives the \"extended_master_secret\" extension, "
                + "it MUST include the extension in its ServerHello message.",
            source: "RFC 7627, 5.2"
        ) { seen in try hasExtension(seen, 23, "extended_master_secret") },
    ]

    private static func answer(_ seen: Observations, _ name: ExchangeName) throws -> ServerHello {
        let record = try seen.record(name)
        if case .failed(let reason) = record.end, record.bytes.isEmpty { throw Unjudged.notMeasured(reason) }
        return ServerHello(record.bytes)
    }

    private static func speaksTLS13(_ seen: Observations) throws {
        guard try seen.record(.tls13).tls?.version == "TLSv1.3" else {
            throw Unjudged.notApplicable("TLS 1.3 is not spoken")
        }
    }

    /// Whether a ClientHello of odd form gets the ServerHello that one of usual form gets.
    private static func isAnsweredAlike(_ seen: Observations, _ name: ExchangeName) throws -> Outcome {
        guard case .hello = try answer(seen, .hello12) else { throw Unjudged.notApplicable("TLS 1.2 is not spoken") }
        let answer = try answer(seen, name)
        if case .hello = answer { return .passed }
        return .failed(expected: "a ServerHello", actual: answer.words)
    }

    private static func hasExtension(_ seen: Observations, _ number: UInt16, _ name: String) throws -> Outcome {
        guard case .hello(let version, _, let extensions) = try answer(seen, .hello12), version == 0x0303 else {
            throw Unjudged.notApplicable("TLS 1.2 is not spoken")
        }
        return .expect(extensions.contains(number), name, actual: "a ServerHello without it")
    }
}
