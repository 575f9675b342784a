import EventLoop
import EventStream
import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Transport
import Vocabulary

/// Every error that a server can cause is counted under its name.
@Suite(Turn.sideBySide) struct ErrorNameTests {
    private func run(
        _ endpoint: Endpoint,
        drop: Stage? = nil,
        timeout: Nanoseconds = 10 * .perSecond,
        limits: LimitOptions = LimitOptions()
    ) throws -> LoadRecord {
        var scenario = drop.map { Made.dropping(2, at: [$0], [.fin]) } ?? Made.holding(2)
        scenario.timeout = timeout
        return try Made.generator(scenario, endpoint, limits: limits).run()
    }

    private func check(_ record: LoadRecord, _ name: String) {
        #expect(record.errors == [name: 2])
        #expect(record.connections.failed == 2)
        #expect(record.connections.attempted == 2)
        #expect(record.connections.dropped == 0)
        #expect(record.connections.completed == 0)
        #expect(record.connections.ended == 0)
    }

    private static let chunked =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

    private static let half = String(repeating: "x", count: 1_500)
    private static let long = half + half

    /// A head of an event stream with one more field.
    private static func head(_ field: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(field)\r\n\r\n"
    }

    private static let badAnswers: [(response: String, name: String)] = [
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "HTTP_404"),
        ("HTTP/1.1 204 No Content\r\n\r\n", "HTTP_204"),
        ("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 503 Busy\r\n\r\n", "HTTP_503"),
        ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>", "NOT_AN_EVENT_STREAM"),
        ("HTTP/1.1 200 OK\r\nContent-Type: text/ event-stream\r\n\r\n", "NOT_AN_EVENT_STREAM"),
        ("HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n", "NOT_AN_EVENT_STREAM"),
        ("", "ENDED_BEFORE_HEADERS"),
        ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n", "ENDED_BEFORE_HEADERS"),
        ("SSH-2.0-OpenSSH_9.2\r\n", "MALFORMED_STATUS_LINE"),
        (head("Content-Length: 20") + "data: 1\n\n", "TRUNCATED_BODY"),
        (chunked + "9\r\ndata: 1\n\n\r\n", "TRUNCATED_BODY"),
        (chunked + "zz\r\n", "BAD_CHUNK_SIZE"),
        (chunked + "3\r\n: 1xx", "BAD_CHUNK_END"),
        (head("Content-Length: nine"), "BAD_CONTENT_LENGTH"),
        (head("Transfer-Encoding: gzip"), "UNKNOWN_TRANSFER_CODING"),
        (head("Content-Encoding: br"), "UNSUPPORTED_CONTENT_CODING"),
        (head("Content-Encoding: gzip, gzip"), "UNSUPPORTED_CONTENT_CODING"),
        (head("X-Long: \(long)"), "LIMIT_HEADER_BYTES"),
        (String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 17), "LIMIT_INTERIM_RESPONSES"),
        (Made.head + ":\(long)", "LIMIT_LINE_BYTES"),
        (Made.head + "data: \(half)\ndata: \(half)\n", "LIMIT_EVENT_BYTES"),
    ]

    @Test(arguments: badAnswers)
    func answers(response: String, name: String) throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(response)
            return nil
        }
        var limits = LimitOptions()
        limits.headerBytes = 2_048
        limits.eventBytes = 2_048
        check(try run(Made.endpoint(server.port), limits: limits), name)
    }

    @Test func aResetIsOne() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            connection.reset()
            return nil
        }
        check(try run(Made.endpoint(server.port)), "ECONNRESET")
    }

    @Test func aResetStreamIsOneAndNoSilentEnd() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            // Without a byte from the client, a reset might overtake what was written.
            connection.pause(30)
            connection.reset()
            return nil
        }
        let record = try run(Made.endpoint(server.port))
        check(record, "ECONNRESET")
        #expect(record.connections.established == 2)
        #expect(record.events == 2)
    }

    @Test(arguments: [false, true])
    func compressedBodiesAreBounded(isBomb: Bool) throws {
        let body = isBomb ? [UInt8](repeating: 0x3A, count: 4 << 20) : Array("data: 1\n\n".utf8)
        var packed = GzipEncoder.compress(body)
        if !isBomb { packed.removeLast(4) }
        let bytes = Array(Self.head("Content-Encoding: gzip").utf8) + packed
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(bytes)
            return nil
        }
        var limits = LimitOptions()
        limits.eventBytes = 16 << 20
        let name = isBomb ? "LIMIT_COMPRESSION_RATIO" : InflateError.truncated.rawValue
        check(try run(Made.endpoint(server.port), limits: limits), name)
    }

    @Test func aClosedPortRefuses() throws {
        let listener = try Socket.listen(on: #require(SocketAddress("127.0.0.1", port: 0)))
        let port = try Socket.localAddress(listener).port
        Socket.close(listener)
        let record = try run(Made.endpoint(port))
        check(record, "ECONNREFUSED")
        #expect(record.stages[.connected] == nil)
    }

    @Test func aSourceOfAnotherMachineCannotBeUsed() throws {
        check(try run(Made.endpoint(9, sources: ["192.0.2.1"])), "EADDRNOTAVAIL")
    }

    /// With a full backlog, the kernel lets connection attempts go unanswered.
    @Test func anUnansweredAttemptTimesOut() throws {
        let listener = try Socket.listen(on: #require(SocketAddress("127.0.0.1", port: 0)), backlog: 0)
        let address = try Socket.localAddress(listener)
        let fillers = try (0..<4).map { _ in try Socket.connect(to: address) }
        let record = try run(Made.endpoint(address.port), timeout: 60 * .perMillisecond)
        check(record, "TIMEOUT_CONNECT")
        #expect(record.stages == [.connecting: 2])
        for descriptor in fillers + [listener] { Socket.close(descriptor) }
    }

    @Test(
        arguments: [
            (false, nil, "", "TIMEOUT_HEADERS"), (false, nil, "HTTP/1.1 200 OK\r\n", "TIMEOUT_HEADERS"),
            (true, nil, "", "TIMEOUT_TLS_HANDSHAKE"), (false, .firstEvent, Made.head, "TIMEOUT_STAGE"),
            (false, .streaming, Made.head + "data: 1\n", "TIMEOUT_STAGE"),
        ] as [(Bool, Stage?, String, String)]
    )
    func silenceTimesOut(tls: Bool, drop: Stage?, answer: String, name: String) throws {
        let server = try ScriptedServer { connection in
            try connection.write(answer)
            return connection.readToEnd()
        }
        let endpoint = Made.endpoint(server.port, tls: tls ? try Made.tls(.tls13) : nil)
        check(try run(endpoint, drop: drop, timeout: 60 * .perMillisecond), name)
    }

    @Test(arguments: [Made.head, Made.head + "data: 1\n"])
    func anEndBeforeTheStageIsOne(answer: String) throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(answer)
            return nil
        }
        check(try run(Made.endpoint(server.port), drop: .firstEvent), "ENDED_BEFORE_STAGE")
    }

    @Test(arguments: [
        (-7_200, -3_600, true, "localhost", "TLS_CERTIFICATE_HAS_EXPIRED"),
        (-7_200, 3_600, true, "other.example", "TLS_HOSTNAME_MISMATCH"),
        (-7_200, 3_600, false, "localhost", "TLS_SELF_SIGNED_CERTIFICATE"),
    ])
    func certificates(from: Int, until: Int, trusted: Bool, serverName: String, name: String) throws {
        let certificate = try SelfSignedCertificate(validFrom: from, validUntil: until)
        let context = try TLSServerContext(certificate)
        let server = try ScriptedServer { connection in
            try? connection.handshake(context)
            return nil
        }
        let trust = try trusted ? certificate : SelfSignedCertificate()
        let tls = try Made.tls(.tls13, trusting: trust, serverName: serverName)
        let record = try run(Made.endpoint(server.port, tls: tls))
        check(record, name)
        #expect(record.stages[.tlsEstablished] == nil)
    }

    @Test(arguments: [("HTTP/1.1 400 Bad Request\r\n\r\n", "TLS_WRONG_VERSION_NUMBER"), ("", "TLS_END_IN_HANDSHAKE")])
    func noTLSAtAll(answer: String, name: String) throws {
        let server = try ScriptedServer { connection in
            _ = try connection.read()
            try connection.write(answer)
            return nil
        }
        check(try run(Made.endpoint(server.port, tls: Made.tls(.tls13))), name)
    }
}
