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
