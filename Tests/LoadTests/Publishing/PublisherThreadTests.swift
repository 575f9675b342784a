import EventLoop
import Record
import ScriptedServer
import Synchronization
import TestTurns
import Testing
import Transport
import Vocabulary

@testable import Load

@Suite(Turn.sideBySide) struct PublisherThreadTests {
    /// Publishes until a condition holds.
    private func publish(
        _ publisher: LoadPublisher,
        until condition: (PublisherThread, MessageTable) -> Bool
    ) throws -> (thread: PublisherThread, table: MessageTable) {
        let table = MessageTable(capacity: 1_024)
        let publishing = try PublisherThread(publisher, table: table, run: 5, position: 0)
        let thread = try OperatingSystemThread(name: "publisher") { publishing.run(from: MonotonicClock.now()) }
        let isThere = eventually { condition(publishing, table) }
        publishing.stop()
        thread.join()
        #expect(isThere)
        return (publishing, table)
    }

    private static let success = "HTTP/1.1 204 No Content\r\n\r\n"

    @Test(arguments: [false, true])
    func messagesAreSentOnOneKeptConnectionAndAccepted(isTLS: Bool) throws {
        let bodies = Locked<[String]>([])
        let certificate = try SelfSignedCertificate()
        let context = isTLS ? try TLSServerContext(certificate) : nil
        let server = try ScriptedServer { connection in
            if let context { try connection.handshake(context) }
            while true {
                let request = try connection.read(until: "!")
                bodies.withLock { $0.append(String(decoding: request.suffix(15), as: UTF8.self)) }
                try connection.write(Self.success)
            }
        }
        let tls = isTLS ? try Made.tls(.tls13, trusting: certificate) : nil
        let publisher = try Made.publisher(server.port, body: "${seq}!", tls: tls)
        let (thread, table) = try publish(publisher) { _, _ in bodies.withLock { $0.count } >= 10 }
        let counts = thread.counts
        #expect(counts.sent >= 10)
        #expect(counts.accepted == counts.sent)
        #expect(counts.scheduled >= counts.sent)
        #expect(counts.answer.count == counts.accepted)
        #expect(counts.errors.isEmpty)
        #expect(bodies.withLock { $0.contains("42005000000001!") && $0.contains("42005000000002!") })
        let message = table.entry(1).map { $0.pointee.message }
        let first = try #require(message)
        let accepted = try #require(first.accepted)
        #expect(accepted >= first.sent)
        #expect(first.sent >= first.scheduled)
        #expect(server.stop().count < counts.sent, "a connection is used again and again")
    }

    @Test func everyFailureIsCountedUnderItsName() throws {
        let count = Atomic<Int>(0)
        let server = try ScriptedServer { connection in
            try connection.read(until: "!")
            switch count.add(1, ordering: .relaxed).newValue % 5 {
            case 0: try connection.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
            case 1: try connection.write("SMTP\r\n\r\n")
            case 2: connection.close()
            case 3: connection.reset()
            default: try connection.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\nok")
            }
            return nil
        }
        let publisher = try Made.publisher(server.port, body: "${seq}!")
        let (thread, table) = try publish(publisher) { _, _ in count.load(ordering: .relaxed) >= 20 }
        let counts = thread.counts
        for name in ["HTTP_503", "ENDED_BEFORE_ANSWER", "ECONNRESET", "MALFORMED_STATUS_LINE"] {
            #expect(counts.errors[name] ?? 0 >= 3, "\(name): \(counts.errors)")
        }
        #expect(counts.accepted >= 3)
        #expect(counts.accepted + counts.failed == UInt64(table.latest.load(ordering: .relaxed)))
    }

    @Test func interimResponsesWithoutEndAreAFailure() throws {
        let server = try ScriptedServer { connection in
            try connection.read(until: "!")
            while true { try connection.write("HTTP/1.1 102 Processing\r\n\r\n") }
        }
        let publisher = try Made.publisher(server.port, body: "${seq}!")
        let (thread, _) = try publish(publisher) { _, table in table.latest.load(ordering: .relaxed) >= 5 }
        #expect(thread.counts.errors["LIMIT_INTERIM_RESPONSES"] ?? 0 > 0, "\(thread.counts.errors)")
        #expect(thread.counts.accepted == 0)
        server.stop()
    }

    @Test func aServerThatIsNotThereFailsEveryMessage() throws {
        let server = try ScriptedServer { _ in nil }
        server.stop()
        let (thread, table) = try publish(try Made.publisher(server.port)) { _, table in
            table.latest.load(ordering: .relaxed) >= 10
        }
        #expect(thread.counts.errors == ["ECONNREFUSED": UInt64(table.latest.load(ordering: .relaxed))])
        #expect(thread.counts.accepted == 0)
    }

    /// A server that answers nothing does not move the schedule; what finds no connection is late, or never sent.
    @Test func theScheduleDoesNotWaitForTheServer() throws {
        let server = try ScriptedServer { $0.readToEnd() }
        var publisher = try Made.publisher(server.port, rate: 2_000)
        publisher.grace = 1
        let limit = UInt32(PublisherThread.connections)
        let begun = MonotonicClock.now()
        let (thread, table) = try publish(publisher) { _, table in
            table.latest.load(ordering: .relaxed) == limit && MonotonicClock.now() - begun > 100 * .perMillisecond
        }
        #expect(table.latest.load(ordering: .relaxed) == limit)
        #expect(thread.counts.sent == UInt64(limit))
        #expect(thread.counts.scheduled >= 200)
        #expect(thread.counts.errors == ["UNANSWERED_AT_END": UInt64(limit)])
    }
}
