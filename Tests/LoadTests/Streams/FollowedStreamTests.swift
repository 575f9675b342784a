import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// Streams that are followed to their end marker, or dropped at an event.
@Suite(Turn.sideBySide) struct FollowedStreamTests {
    private static let pointer = "/choices/0/delta/content"

    private static func token(_ text: String) -> String {
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"}}]}\n\n"
    }

    private static let role =
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"
    private static let done = "data: [DONE]\n\n"

    private func run(
        _ scenario: Scenario,
        head: String = Made.head,
        _ script: @escaping @Sendable (ScriptedConnection) throws -> Void
    ) throws -> LoadRecord {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(head)
            try script(connection)
            return nil
        }
        return try Made.generator(scenario, Made.endpoint(server.port)).run()
    }

    private func reading(until marker: StreamOptions.EndMarker? = .data("[DONE]"), _ connections: Int = 1) -> Scenario {
        var scenario = Made.holding(connections)
        scenario.stream.until = marker
        scenario.stream.tokens = Self.pointer
        return scenario
    }

    @Test func theMarkerCompletesAStream() throws {
        let record = try run(reading(2)) { connection in
            try connection.write(Self.role)
            connection.pause(30)
            for text in ["Wa", "ter", "!"] {
                try connection.write(Self.token(text))
                connection.pause(20)
            }
            try connection.write(Self.done)
        }
        #expect(record.connections.completed == 2)
        #expect(record.connections.ended == 0)
        #expect(record.connections.failed == 0)
        let streams = try #require(record.streams)
        #expect(streams.marked == 2)
        #expect(streams.unmarked == 0)
        #expect(streams.cancelled == 0)
        // The role is an event, but no token; the marker is neither.
        #expect(streams.events.largest == 4)
        #expect(streams.tokens?.largest == 3)
        #expect(streams.gap.count == 2 * 3)
        #expect(streams.timeToFirstToken?.count == 2)
        // The script never sends faster than this.
        #expect(try #require(streams.timeToFirstToken?.value(atPercentile: 1)) >= 30 * .perMillisecond)
        #expect(try #require(streams.tokenRate?.largest) <= 2 / 0.030)
    }

    /// What the server sends behind its marker, or how it ends then, matters to nobody.
    @Test(arguments: ["", "data: more\n\n", "data: unfinished"])
    func whatComesAfterTheMarkerIsNotCounted(rest: String) throws {
        let record = try run(reading()) { connection in
            try connection.write(Self.token("a") + Self.done + rest)
            connection.reset()
        }
        #expect(record.connections.completed == 1)
        #expect(record.errors == [:])
        #expect(record.streams?.events.largest == 1)
    }

    @Test func aMarkedStreamThatTheServerLeavesOpenIsClosed() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + Self.token("a") + Self.done)
            return connection.readToEnd()
        }
        let record = try Made.generator(reading(), Made.endpoint(server.port)).run()
        #expect(server.stop().map(\.ending) == ["end"])
        #expect(record.connections.completed == 1)
    }

    @Test func aStreamWithoutItsMarkerEndedEarly() throws {
        let record = try run(reading()) { try $0.write(Self.token("a") + Self.token("b")) }
        #expect(record.connections.ended == 1)
        #expect(record.connections.completed == 0)
        #expect(record.streams?.marked == 0)
        #expect(record.streams?.unmarked == 1)
        #expect(record.streams?.tokens?.largest == 2)
    }

    @Test func aMarkerThatDoesNotComeInTimeIsAnError() throws {
        var scenario = reading()
        scenario.hold = 50 * .perMillisecond
        let record = try run(scenario) { connection in
            try connection.write(Self.token("a"))
            _ = connection.readToEnd()
        }
        #expect(record.errors == ["TIMEOUT_END_MARKER": 1])
        #expect(record.connections.completed == 0)
    }

    @Test func anEventsNameCanBeTheMarker() throws {
        let record = try run(reading(until: .event("message_stop"))) { connection in
            try connection.write("event: other\ndata: [DONE]\n\nevent: message_stop\ndata: {}\n\n")
            _ = connection.readToEnd()
        }
        #expect(record.streams?.marked == 1)
        #expect(record.streams?.events.largest == 1)
    }

    @Test func aMarkerInPiecesAndInChunksIsOne() throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        let record = try run(reading(), head: head) { connection in
            for piece in ["data: x\n\nda", "ta: [DO", "NE]\n", "\n"] {
                try connection.write("\(String(piece.utf8.count, radix: 16))\r\n\(piece)\r\n")
                connection.pause(5)
            }
            try connection.write("0\r\n\r\n")
            _ = connection.readToEnd()
        }
        #expect(record.streams?.marked == 1)
        #expect(record.connections.completed == 1)
    }

    @Test(arguments: [1, 3])
    func aStreamIsDroppedAtItsEvent(event: Int) throws {
        var scenario = Made.dropping(1, at: [.streaming], [.fin])
        scenario.drop?.events = event...event
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            // One at a time, and no further one before the last was read.
            for _ in 0..<event {
                try connection.write("data: x\n\n")
                connection.pause(10)
            }
            return connection.readToEnd()
        }
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        #expect(server.stop().map(\.ending) == ["end"])
        #expect(record.connections.dropped == 1)
        #expect(record.drops == [DropCount(stage: .streaming, manner: .fin, count: 1)])
        #expect(record.events == UInt64(event))
        #expect(record.streams?.cancelled == 1)
        #expect(record.stages[.streaming] == 1)
        // A stream that this side cut short says nothing about how long streams are.
        #expect(record.streams?.events.isEmpty == true)
    }

    @Test func eventsThatComeTogetherAreCountedUpToTheDrop() throws {
        var scenario = Made.dropping(1, at: [.streaming], [.rst])
        scenario.drop?.events = 2...2
        let record = try run(scenario) { connection in
            try connection.write(String(repeating: "data: x\n\n", count: 5))
            _ = connection.readToEnd()
        }
        #expect(record.connections.dropped == 1)
        #expect(record.events == 2)
    }

    @Test func aStreamThatIsOverBeforeItsDropIsComplete() throws {
        var scenario = Made.dropping(1, at: [.streaming], [.fin])
        scenario.drop?.events = 9...9
        scenario.stream.until = .data("[DONE]")
        let record = try run(scenario) { try $0.write(Self.token("a") + Self.done) }
        #expect(record.connections.completed == 1)
        #expect(record.connections.dropped == 0)
        #expect(record.errors == [:])
    }

    @Test func aStreamThatEndsBeforeItsDropFailed() throws {
        var scenario = Made.dropping(1, at: [.streaming], [.fin])
        scenario.drop?.events = 9...9
        let record = try run(scenario) { try $0.write("data: x\n\n") }
        #expect(record.errors == ["ENDED_BEFORE_STAGE": 1])
    }

    @Test func eventsAreDrawnFromTheRange() {
        var scenario = Made.dropping(200, at: [.streaming], [.fin])
        scenario.drop?.events = 3...6
        let plan = ScenarioPlan(scenario, tls: false, seed: 7)
        let events = (0..<200).compactMap { plan.script(at: $0).event }
        #expect(events.count == 200)
        #expect(Set(events) == [3, 4, 5, 6])
        #expect((0..<200).map { ScenarioPlan(scenario, tls: false, seed: 7).script(at: $0).event } == events)
    }
}
