import HTTP
import EventLoop
import EventStream
import ScriptedServer
import TestTurns
import Testing
import Transport
import Vocabulary

@testable import Conformance

/// Exchanges with servers that break their promises: each ends, by a limit with a name.
@Suite(Turn.sideBySide) struct ExchangeRunnerTests {
    /// More than a busy machine needs.
    private static let patient = CheckPatience(
        connect: 30 * .perSecond,
        head: 30 * .perSecond,
        briefly: 30 * .perSecond
    )
    /// For servers that are silent for ever.
    private static let impatient = CheckPatience(
        connect: 100 * .perMillisecond,
        head: 100 * .perMillisecond,
        briefly: 100 * .perMillisecond
    )

    /// Carries a script out against a server.
    private func run(
        _ name: ExchangeName = .acceptAny,
        https: Bool = false,
        patience: CheckPatience = patient,
        _ serve: @escaping @Sendable (ScriptedConnection) throws -> Void
    ) throws -> ExchangeRecord {
        let server = try ScriptedServer { connection in
            try serve(connection)
            return nil
        }
        defer { server.stop() }
        var options = CheckOptions(url: TargetURL(tls: https, host: "127.0.0.1", port: server.port, path: "/"))
        options.insecure = true
        guard case .script(let script) = ExchangeScripts(options).script(name, after: [:]),
            let address = SocketAddress("127.0.0.1", port: server.port)
        else { throw ScriptedError(reason: "no script") }
        let runner = ExchangeRunner(
            address: address,
            contexts: TLSContexts(options),
            publisher: nil,
            patience: patience
        )
        return try runner.run(script)
    }

    @Test func serverThatNeverAnswers() throws {
        let record = try run(patience: Self.impatient) { _ = $0.readToEnd() }
        #expect(record.end == .timeout("TIMEOUT_HEADERS"))
        #expect(record.reading.responses.isEmpty)
    }

    @Test func endlessHead() throws {
        let record = try run { connection in
            try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\n")
            // The client goes before this ends.
            while true { try connection.write("Padding: \(String(repeating: "x", count: 1_000))\r\n") }
        }
        #expect(record.reading.headError == .headerLimit)
        #expect(record.bytes.count <= CheckLimits.exchangeBytes + 65_536)
    }

    @Test func endlessBody() throws {
        let record = try run { connection in
            try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
            while true { try connection.write("data: \(String(repeating: "x", count: 60_000))\n\n") }
        }
        #expect(record.end == .limit("LIMIT_EXCHANGE_BYTES"))
        #expect(record.bytes.count <= CheckLimits.exchangeBytes + 65_536)
    }

    @Test func garbage() throws {
        let record = try run { connection in
            try connection.readRequest()
            try connection.write([0, 1, 2, 0xFF, 0x0A, 0x0D])
            _ = connection.readToEnd()
        }
        #expect(record.reading.headError == .malformedStatusLine)
        #expect(record.silence == "MALFORMED_STATUS_LINE")
    }

    @Test func serverThatClosesWithinTheHead() throws {
        let record = try run { connection in
            try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\nContent-")
        }
        #expect(record.end == .closed)
        #expect(record.reading.responses.isEmpty)
    }

    @Test func serverThatResets() throws {
        let record = try run { connection in
            try connection.readRequest()
            connection.reset()
        }
        #expect(record.end == .failed("ECONNRESET"))
    }

    @Test func serverThatSendsByteByByte() throws {
        let record = try run(.stream) { connection in
            try connection.readRequest()
            let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: a\n\n"
            for byte in answer.utf8 { try connection.write([byte]) }
        }
        #expect(record.end == .complete)
        #expect(record.reading.responses.first?.stream?.events.map(\.data) == ["a"])
    }

    @Test func serverThatNeverShakesHands() throws {
        let record = try run(https: true, patience: Self.impatient) { _ = $0.readToEnd() }
        #expect(record.end == .timeout("TIMEOUT_CONNECT"))
        #expect(record.sent == nil)
    }

    @Test func refusalWithinARequestThatIsTooLong() throws {
        let record = try run(.hugeTarget) { connection in
            try connection.write("HTTP/1.1 414 URI Too Long\r\nContent-Length: 0\r\n\r\n")
            _ = connection.readToEnd()
        }
        #expect(record.reading.responses.first?.head.status == 414)
    }

    @Test func halfCloseIsSeenByTheServer() throws {
        let record = try run(.halfClose) { connection in
            try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: a\n\n")
            #expect(connection.readToEnd().ending == "end")
            try connection.write("data: b\n\n")
        }
        #expect(record.acted != nil)
        #expect(record.end == .closed)
        #expect(record.reading.responses.first?.stream?.events.map(\.data) == ["a", "b"])
    }

    @Test func resetIsSeenByTheServer() throws {
        let record = try run(.reset) { connection in
            try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: a\n\n")
            #expect(connection.readToEnd().ending == "ECONNRESET")
        }
        #expect(record.acted != nil)
    }

    @Test func secondRequestFollowsTheFirstResponse() throws {
        let record = try run(.reuse) { connection in
            for _ in 0..<2 {
                try connection.readRequest()
                try connection.write("HTTP/1.1 200 OK\r\n\r\n")
            }
        }
        #expect(record.reading.responses.count == 2)
    }
}
