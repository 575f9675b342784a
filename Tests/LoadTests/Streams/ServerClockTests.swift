import EventLoop
import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// The time that a server writes into its own events.
@Suite(Turn.sideBySide) struct ServerClockTests {
    private func run(_ events: @escaping @Sendable (ScriptedConnection) throws -> Void) throws -> LoadRecord {
        var scenario = Made.holding(1)
        scenario.stream.serverTime = StreamOptions.ServerTime(pointer: "/t", unit: .microseconds)
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            try events(connection)
            return nil
        }
        return try Made.generator(scenario, Made.endpoint(server.port)).run()
    }

    @Test func isMeasuredApartAboveTheFastest() throws {
        // A clock that is an hour behind, and an event that was sent half a second late.
        let record = try run { connection in
            for late in [0, 500_000, 0] {
                let now = Int64(RealtimeClock.now() / 1_000) - 3_600_000_000 - Int64(late)
                try connection.write("data: {\"t\":\(now)}\n\n")
                connection.pause(5)
            }
        }
        let clock = try #require(record.serverClock)
        #expect(clock.unread == 0)
        #expect(clock.latencies.count == 3)
        // Bounds are coarse on the side on which a busy machine is slow.
        #expect(clock.latencies.largest >= 400 * .perMillisecond)
        #expect(try #require(clock.offset) >= 3_600_000_000_000)
        #expect(try #require(clock.offset) < 3_660_000_000_000)
        #expect(record.latency[.event].isEmpty)
    }

    @Test func eventsWithoutATimeAreCounted() throws {
        let record = try run { try $0.write("data: hello\n\ndata: {\"t\":\"soon\"}\n\ndata: {\"t\":1}\n\n") }
        #expect(record.serverClock?.unread == 2)
        #expect(record.serverClock?.latencies.count == 1)
    }
}
