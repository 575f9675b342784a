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
