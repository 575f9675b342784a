import EventLoop
import Glibc
import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// Streams that are read slowly, or not at all.
@Suite(Turn.sideBySide) struct SlowReaderTests {
    private func reading(_ pace: ReadPace, for hold: Nanoseconds) -> Scenario {
        var scenario = Made.holding(1, for: hold)
        scenario.read = pace
        scenario.receiveBuffer = 4_096
        return scenario
    }

    /// Writes events until the client takes no more for a while.
    ///
    /// - Returns: the bytes that were taken.
    private static func fill(_ connection: ScriptedConnection) -> Int {
        let event = Array(("data: " + String(repeating: "x", count: 1_000) + "\n\n").utf8)
        var sent = 0
        // Much more than the client's kernel takes, so that the end stands far behind.
        var size = Int32(262_144)
        _ = setsockopt(connection.descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        while sent < 4 << 20 {
            guard case .bytes(let count) = event.withUnsafeBytes({ Socket.send(connection.descriptor, $0) }) else {
                return sent
            }
            sent += count
        }
        return sent
    }

    @Test func aStoppedReaderTakesNothingAndStaysUntilItsTimeIsOver() throws {
        let taken = Locked(0)
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            taken.withLock { $0 = Self.fill(connection) }
            return connection.readToEnd()
        }
        let scenario = reading(.stop, for: 300 * .perMillisecond)
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        server.stop()
        // The kernel's buffers of both sides, and nothing more: the server noticed.
        #expect(taken.withLock { $0 } < 2 << 20)
        #expect(record.connections.completed == 1)
        #expect(record.slowReaders?.streams == 1)
        #expect(record.slowReaders?.ended == 0)
        let (start, end) = (try #require(record.slowReaders?.start), try #require(record.slowReaders?.end))
        #expect(end - start >= 0.3)
        // It does not look, so that nothing it does not see is held against the server.
        #expect(record.heartbeat.streams == 0)
        #expect(record.heartbeat.longestSilence == nil)
        #expect(record.latency[.timeToFirstEvent].isEmpty)
    }

    @Test func aSlowReaderTakesAtMostItsRate() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            _ = Self.fill(connection)
            return connection.readToEnd()
        }
        let scenario = reading(.rate(2_048), for: 600 * .perMillisecond)
        let generator = try Made.generator(scenario, Made.endpoint(server.port))
        let load = try Background(generator)
        // 512 bytes each 250 ms: by the second event some four reads have been made.
        #expect(eventually { generator.progress.eventCount >= 1 })
        let record = load.record()
        #expect(record.connections.completed == 1)
        #expect(record.slowReaders?.streams == 1)
    }

    @Test func theEndBehindWhatWasNotReadIsFound() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            _ = Self.fill(connection)
            return nil
        }
        let scenario = reading(.stop, for: 200 * .perMillisecond)
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        #expect(record.connections.ended == 1)
        #expect(record.connections.failed == 0)
        #expect(record.slowReaders?.ended == 1)
        #expect(record.slowReaders?.endedAfter.count == 0)
    }

    @Test(arguments: [false, true])
    func anEndThatIsSeenComesWithItsTime(byReset: Bool) throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: x\n\n")
            connection.pause(100)
            if byReset { connection.reset() }
            return nil
        }
        let record = try Made.generator(reading(.stop, for: Made.forever), Made.endpoint(server.port)).run()
        #expect(record.slowReaders?.ended == 1)
        #expect(record.connections.ended == 1)
        #expect(record.errors == [:])
        #expect(try #require(record.slowReaders?.endedAfter.largest) >= 80 * .perMillisecond)
        #expect(try #require(record.slowReaders?.endedAfter.largest) < 30 * .perSecond)
    }

    /// A slow reader may still come to its end marker.
    @Test func aSlowReaderReadsToTheMarker() throws {
        var scenario = reading(.rate(100_000), for: Made.forever)
        scenario.stream.until = .data("[DONE]")
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + String(repeating: "data: x\n\n", count: 300))
            connection.pause(30)
            try connection.write("data: [DONE]\n\n")
            return connection.readToEnd()
        }
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        // The server leaves the stream open: the client ends it.
        #expect(server.stop().map(\.ending) == ["end"])
        #expect(record.connections.completed == 1)
        #expect(record.streams?.marked == 1)
        #expect(record.slowReaders?.ended == 0)
        #expect(record.events == 301)
    }

    @Test func aStopEndsARestingReader() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: x\n\n")
            return connection.readToEnd()
        }
        let generator = try Made.generator(reading(.stop, for: Made.forever), Made.endpoint(server.port))
        let load = try Background(generator)
        #expect(eventually { generator.progress.streamCount == 1 })
        generator.stop()
        let record = load.record()
        #expect(record.slowReaders?.streams == 1)
        #expect(record.slowReaders?.end != nil)
        #expect(server.stop().count == 1)
    }

    /// Healthy streams are recorded before slow readers come, and beside them, apart.
    @Test func neighboursAreComparedWithThemselves() throws {
        var healthy = Made.holding(1, for: Made.forever, name: "canaries")
        healthy.stream.until = .data("[DONE]")
        var slow = reading(.stop, for: 100 * .perMillisecond)
        slow.name = "slow"
        slow.start = 300 * .perMillisecond
        let isSlowThere = Flag()
        let server = try ScriptedServer { connection in
            let request = try connection.readRequest()
            _ = request
            try connection.write(Made.head)
            try connection.write("data: a\n\n")
            connection.pause(20)
            try connection.write("data: b\n\n")
            while !isSlowThere.isRaised { connection.pause(5) }
            for _ in 0..<3 {
                try connection.write("data: c\n\n")
                connection.pause(10)
            }
            try connection.write("data: [DONE]\n\n")
            return nil
        }
        let quiet = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            isSlowThere.raise()
            return connection.readToEnd()
        }
        let generator = try Made.generator([
            (healthy, Made.endpoint(server.port)), (slow, Made.endpoint(quiet.port)),
        ])
        let record = try generator.run()
        let scenarios = try #require(record.scenarios)
        let neighbour = try #require(scenarios[0].load.slowNeighbours)
        #expect(scenarios[1].load.slowNeighbours == nil)
        #expect(scenarios[1].load.slowReaders?.streams == 1)
        #expect(neighbour.before.gap.count + neighbour.during.gap.count <= 4)
        // On a machine that stands still for 300 ms, a gap of before may fall into the later part, never the other way.
        #expect(neighbour.before.gap.count <= 1)
        #expect(neighbour.during.gap.count >= 1)
    }
}
