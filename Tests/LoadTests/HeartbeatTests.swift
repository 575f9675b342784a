import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// Silence and beats on scripted streams; bounds are coarse, as the machine may be slow but never early.
@Suite(Turn.sideBySide) struct HeartbeatTests {
    private func expectation(
        _ period: Nanoseconds,
        _ match: HeartbeatOptions.Match = .comment
    ) -> HeartbeatOptions {
        var options = HeartbeatOptions(expect: period)
        options.match = match
        return options
    }

    private func run(
        _ scenario: Scenario = Made.holding(1),
        expecting heartbeat: HeartbeatOptions?,
        head: String = Made.head,
        _ beats: @escaping @Sendable (ScriptedConnection) throws -> Void
    ) throws -> LoadRecord {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(head)
            try beats(connection)
            return nil
        }
        return try Made.generator(scenario, Made.endpoint(server.port), heartbeat: heartbeat).run()
    }

    @Test func regularBeatsAreIntervalsAndNothingIsMissed() throws {
        let record = try run(Made.holding(2), expecting: expectation(10 * .perSecond)) { connection in
            for _ in 0..<5 {
                try connection.write(": beat\n\n")
                // Beats that are read together, on a busy machine, are one.
                connection.pause(150)
            }
        }
        #expect(record.heartbeat.streams == 2)
        #expect(record.heartbeat.beats == 10)
        #expect(record.heartbeat.interval.count == 8)
        #expect(record.heartbeat.interval.largest >= 15 * .perMillisecond)
        #expect(record.heartbeat.missed == 0)
        #expect(try #require(record.heartbeat.longestSilence) >= 15 * .perMillisecond)
        #expect(record.heartbeat.disconnectedWhileQuiet == 0)
    }

    @Test func aGapCountsTheBeatsThatShouldHaveComeInIt() throws {
        let record = try run(expecting: expectation(20 * .perMillisecond)) { connection in
            try connection.write(": beat\n\n")
            connection.pause(210)
            try connection.write(": beat\n\n")
        }
        #expect(try #require(record.heartbeat.missed) >= 9)
        #expect(record.heartbeat.interval.largest >= 200 * .perMillisecond)
        #expect(try #require(record.heartbeat.longestSilence) >= 200 * .perMillisecond)
    }

    @Test(arguments: [true, false])
    func aStreamWithoutABeatMissesThemToo(isInterrupted: Bool) throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            return connection.readToEnd()
        }
        let generator = try Made.generator(
            Made.holding(1, for: isInterrupted ? Made.forever : 150 * .perMillisecond),
            Made.endpoint(server.port),
            heartbeat: expectation(10 * .perMillisecond)
        )
        let load = try Background(generator)
        if isInterrupted {
            #expect(eventually { generator.progress.streamCount == 1 })
            // The stream has to be silent for some time before it is cut.
            Pause.milliseconds(120)
            generator.stop()
        }
        let record = load.record()
        #expect(record.heartbeat.beats == 0)
        #expect(try #require(record.heartbeat.missed) >= 9)
        #expect(try #require(record.heartbeat.longestSilence) >= 100 * .perMillisecond)
        #expect(record.heartbeat.disconnectedWhileQuiet == 0, "the client ended it")
    }

    enum End: CaseIterable {
        case close, lastChunk, gzip, reset
    }

    @Test(arguments: End.allCases)
    func anEndInSilenceIsADisconnectionWhileQuiet(end: End) throws {
        let fields = [
            End.close: "", .reset: "", .lastChunk: "Transfer-Encoding: chunked\r\n",
            .gzip: "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
        ]
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(fields[end] ?? "")\r\n"
        let packed = Made.gzipped("data: 1\n\n")
        let record = try run(expecting: expectation(40 * .perMillisecond), head: head) { connection in
            switch end {
            case .close, .reset: try connection.write("data: 1\n\n")
            case .lastChunk: try connection.write("9\r\ndata: 1\n\n\r\n")
            case .gzip: try connection.write(Made.chunk(packed.flushed))
            }
            connection.pause(100)
            switch end {
            case .close: break
            case .reset: connection.reset()
            case .lastChunk: try connection.write("0\r\n\r\n")
            case .gzip: try connection.write(Made.chunk(packed.end) + Array("0\r\n\r\n".utf8))
            }
        }
        #expect(record.events == 1)
        #expect(record.heartbeat.disconnectedWhileQuiet == 1)
        #expect(try #require(record.heartbeat.quietLives?.largest) >= 90 * .perMillisecond)
        #expect(record.connections.ended == (end == .reset ? 0 : 1))
    }

    @Test func anEndRightAfterAnEventIsNone() throws {
        let record = try run(expecting: expectation(10 * .perSecond)) { connection in
            try connection.write("data: 1\n\n")
        }
        #expect(record.connections.ended == 1)
        #expect(record.heartbeat.disconnectedWhileQuiet == 0)
    }

    @Test(
        arguments: [
            (.comment, 2), (.event("ping"), 1), (.event("message"), 3), (.event("pin"), 0),
        ] as [(HeartbeatOptions.Match, UInt64)]
    )
    func onlyWhatMatchesIsABeat(match: HeartbeatOptions.Match, beats: UInt64) throws {
        let record = try run(expecting: expectation(10 * .perSecond, match)) { connection in
            try connection.write(": a\n\ndata: 1\n\nevent: ping\ndata: 2\n\n:\ndata: 3\n\nevent: message\ndata: 4\n\n")
        }
        #expect(record.heartbeat.beats == beats)
        #expect(record.comments == 2)
        #expect(record.events == 4)
    }

    /// Bytes of the framing are none of the stream.
    @Test func anythingThatBeginsIsABeat() throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        let record = try run(expecting: expectation(10 * .perSecond, .any), head: head) { connection in
            for piece in ["2\r\n: \r\n", "3\r\n1\n\n\r\n", "3\r\n:2\n\r\n", "1\r\n\n\r\n"]
                + ["9\r\ndata: 3\n\n\r\n", "0\r\n\r\n"]
            {
                connection.pause(20)
                try connection.write(piece)
            }
        }
        #expect(record.heartbeat.beats == 3)
        #expect(record.heartbeat.interval.count == 2)
    }

    /// However many reads it takes, and however long: the stream is not silent meanwhile.
    @Test func oneLargeEventIsOneBeat() throws {
        let record = try run(expecting: expectation(100 * .perMillisecond, .any)) { connection in
            try connection.write("data: ")
            for _ in 0..<10 {
                connection.pause(40)
                try connection.write(String(repeating: "x", count: 1_000))
            }
            try connection.write("\n\n: and on\n\n")
        }
        #expect(record.events == 1)
        #expect(record.heartbeat.beats == 2, "the event and the comment behind it")
    }

    @Test func droppedConnectionsAreNotWatched() throws {
        let record = try run(
            Made.dropping(1, at: [.streaming], [.fin], delay: 30_000_000...30_000_000),
            expecting: expectation(1 * .perMillisecond)
        ) { connection in
            try connection.write(": beat\n\ndata: 1\n\n")
            _ = connection.readToEnd()
        }
        #expect(record.connections.dropped == 1)
        #expect(record.heartbeat.streams == 0)
        #expect(record.heartbeat.beats == 0)
        #expect(record.heartbeat.missed == 0)
        #expect(record.heartbeat.longestSilence == nil)
    }

    @Test func withoutAnExpectationNothingIsMissed() throws {
        let record = try run(expecting: nil) { connection in try connection.write(": beat\n\n") }
        #expect(record.heartbeat.missed == nil)
        #expect(record.heartbeat.beats == 0)
        #expect(record.heartbeat.streams == 1)
    }
}
