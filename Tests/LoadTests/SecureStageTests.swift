import EventLoop
import Load
import Record
import ScriptedServer
import TestTurns
import Testing
import Transport
import Vocabulary

/// What a server sees of a TLS connection that is dropped, at every stage in every manner.
@Suite(Turn.sideBySide) struct SecureStageTests {
    private static let versions = [TLSClientContext.Version.tls12, .tls13]

    /// What is dropped before the server answers is looked at without TLS.
    @Test(
        arguments: [Stage.connecting, .connected, .tlsHelloPartial, .tlsHelloSent],
        [Manner.fin, .rst, .halfClose, .closeNotify, .alert, .stall]
    )
    func beforeTheServersAnswer(stage: Stage, manner: Manner) throws {
        guard manner.applies(at: stage, tls: true) else { return }
        let server = try ScriptedServer { connection in
            var seen = connection.readToEnd()
            if manner == .halfClose { seen.ending += connection.isPeerThere() ? ", still there" : ", gone" }
            return seen
        }
        let endpoint = Made.endpoint(server.port, tls: try Made.tls(.tls13))
        let record = try Made.generator(Made.dropping(1, at: [stage], [manner], wait: Made.patience(manner)), endpoint)
            .run()
        let seen = try #require(server.stop().first)
        check(record, stage, manner)
        let resets = manner == .rst || manner == .stall
        #expect(seen.ending == (resets ? "ECONNRESET" : manner == .halfClose ? "end, still there" : "end"))
        guard stage >= .tlsHelloPartial else {
            #expect(seen.bytes.isEmpty)
            return
        }
        try #require(seen.bytes.count > 5)
        let hello = 5 + Int(seen.bytes[3]) << 8 + Int(seen.bytes[4])
        if stage == .tlsHelloPartial {
            #expect(seen.bytes.count < hello)
        } else {
            // A plaintext alert record of two bytes: level, description (RFC 8446, 6).
            let alert: [UInt8] =
                manner == .closeNotify ? [21, 3, 3, 0, 2, 1, 0] : manner == .alert ? [21, 3, 3, 0, 2, 2, 80] : []
            #expect(Array(seen.bytes.dropFirst(hello)) == alert)
        }
    }

    @Test(arguments: versions, [Stage.tlsHelloReceived, .tlsFinishedWithheld])
    func withinTheHandshake(version: TLSClientContext.Version, stage: Stage) throws {
        let endings: [Manner: String] = [
            .fin: "TLS_END_IN_HANDSHAKE", .rst: "ECONNRESET", .halfClose: "TLS_END_IN_HANDSHAKE",
            .closeNotify: "TLS_END_IN_HANDSHAKE", .alert: "TLS_TLSV1_ALERT_INTERNAL_ERROR", .stall: "ECONNRESET",
        ]
        for (manner, ending) in endings {
            let context = try TLSServerContext(SelfSignedCertificate())
            let server = try ScriptedServer { connection in
                try connection.handshake(context)
                return ScriptedServer.Seen(ending: "established")
            }
            let endpoint = Made.endpoint(server.port, tls: try Made.tls(version))
            let record = try Made.generator(
                Made.dropping(1, at: [stage], [manner], wait: Made.patience(manner)),
                endpoint
            ).run()
            #expect(server.stop().map(\.ending) == [ending], "\(manner)")
            check(record, stage, manner)
        }
    }

    @Test(
        arguments: [
            Stage.tlsEstablished, .requestPartial, .requestSent, .responseStarted, .headersReceived, .streamStarted,
            .firstEvent, .streaming,
        ],
        [Manner.fin, .rst, .halfClose, .closeNotify, .alert, .stall]
    )
    func afterTheHandshake(stage: Stage, manner: Manner) throws {
        for version in Self.versions {
            let context = try TLSServerContext(SelfSignedCertificate())
            let server = try ScriptedServer { connection in
                try connection.handshake(context)
                var bytes: [UInt8] = []
                if stage >= .responseStarted {
                    bytes = try connection.readRequest()
                    try connection.write(Made.head + "data: 1\n\n")
                }
                var seen = connection.readToEnd()
                seen.bytes = bytes + seen.bytes
                if manner == .halfClose { seen.ending += connection.isPeerThere() ? ", still there" : ", gone" }
                return seen
            }
            let endpoint = Made.endpoint(server.port, tls: try Made.tls(version))
            let record = try Made.generator(
                Made.dropping(1, at: [stage], [manner], wait: Made.patience(manner)),
                endpoint
            ).run()
            let seen = try #require(server.stop().first)
            check(record, stage, manner)
            var endings: Set =
                switch manner {
                case .fin, .closeNotify: ["end"]
                case .halfClose: ["end, still there"]
                case .alert: ["TLS_SSLV3_ALERT_BAD_RECORD_MAC"]
                default: ["ECONNRESET"]
                }
            if version == .tls13, stage < .responseStarted, manner != .halfClose {
                // The server may still be writing its session tickets: to a socket that is closed by then.
                endings.formUnion(["end", "ECONNRESET", "EPIPE"])
            }
            #expect(endings.contains(seen.ending), "\(version): \(seen.ending)")
            let request = Array(Made.request.utf8)
            if stage == .tlsEstablished {
                #expect(seen.bytes.isEmpty)
            } else if stage == .requestPartial {
                #expect(seen.bytes == Array(request.prefix(request.count / 2)))
            } else {
                #expect(seen.bytes == request)
            }
        }
    }

    /// A half-closed connection waits for the server's end, and no longer.
    @Test(arguments: Stage.passed(tls: true).filter { $0 > .connecting && $0 < .requestPartial })
    func aHalfCloseEndsWithTheServer(stage: Stage) throws {
        let context = try TLSServerContext(SelfSignedCertificate())
        let server = try ScriptedServer { connection in
            if stage >= .tlsHelloReceived { try connection.handshake(context) }
            return connection.readToEnd()
        }
        let endpoint = Made.endpoint(server.port, tls: try Made.tls(.tls13))
        let generator = try Made.generator(
            Made.dropping(1, at: [stage], [.halfClose], wait: Made.forever),
            endpoint
        )
        let load = try Background(generator)
        #expect(eventually { load.isDone }, "the client has not noticed the server's end")
        generator.stop()
        check(load.record(), stage, .halfClose)
    }

    private func check(_ record: LoadRecord, _ stage: Stage, _ manner: Manner) {
        #expect(record.connections.attempted == 1)
        #expect(record.connections.dropped == 1)
        #expect(record.connections.failed == 0)
        #expect(record.errors.isEmpty)
        #expect(record.drops == [DropCount(stage: stage, manner: manner, count: 1)])
        let passed = Stage.passed(tls: true).filter { $0 <= stage }
        #expect(record.stages == Dictionary(uniqueKeysWithValues: passed.map { ($0, 1) }))
        #expect(record.connections.established == (stage >= .headersReceived ? 1 : 0))
    }
}
