import EventStream
import Load
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// The rhythm of beats on scripted streams; bounds are coarse, as the machine may be slow but never early.
@Suite(Turn.sideBySide) struct RhythmTests {
    private func run(
        _ connections: Int = 1,
        expecting period: Nanoseconds?,
        _ beats: @escaping @Sendable (ScriptedConnection) throws -> Void
    ) throws -> LoadRecord {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            try beats(connection)
            return nil
        }
        let heartbeat = period.map { period in
            var options = HeartbeatOptions(expect: period)
            options.tolerance = 1
            return options
        }
        return try Made.generator(Made.holding(connections), Made.endpoint(server.port), heartbeat: heartbeat).run()
    }

    @Test func beatsHaveJitterAMeanAndAGrowth() throws {
        let record = try run(2, expecting: 10 * .perSecond) { connection in
            for wait in [150, 300, 450, 600] as [UInt32] {
                try connection.write(": beat\n\n")
                connection.pause(wait)
            }
            try connection.write(": beat\n\n")
        }
        let rhythm = try #require(record.heartbeat.rhythm)
        #expect(rhythm.jitter.count == 6)
        #expect(rhythm.period.count == 2)
        #expect(try #require(rhythm.period.value(atPercentile: 50)) >= 370 * .perMillisecond)
        #expect(rhythm.growth.count == 2)
        #expect(rhythm.stopped == 0)
        #expect(rhythm.amongEvents == HeartbeatPart())
    }

    @Test func beatsThatEventsReplaceAreNotMissed() throws {
        let period: Nanoseconds = 300 * .perMillisecond
        let record = try run(expecting: period) { connection in
            try connection.write(": beat\n\n")
            for _ in 0..<20 {
                connection.pause(50)
                try connection.write("data: news\n\n")
            }
            connection.pause(50)
            try connection.write(": beat\n\n")
        }
        let rhythm = try #require(record.heartbeat.rhythm)
        let silence = try #require(record.heartbeat.longestSilence)
        #expect(record.heartbeat.interval.largest > 2 * period)
        #expect((record.heartbeat.missed == 0) == (silence <= 2 * period))
        #expect(rhythm.covered == (silence <= 2 * period ? 1 : 0))
        #expect(rhythm.amongEvents.beats == 1)
        #expect(rhythm.amongEvents.interval.count == 1)
        #expect(rhythm.period.isEmpty, "an interval that events have stretched is no period")
    }

    @Test func aSilenceAmongEventsMissesBeats() throws {
        let record = try run(expecting: 50 * .perMillisecond) { connection in
            try connection.write(": beat\n\n")
            connection.pause(20)
            try connection.write("data: news\n\n")
            connection.pause(300)
            try connection.write(": beat\n\n")
        }
        #expect(try #require(record.heartbeat.missed) >= 4)
        #expect(record.heartbeat.rhythm?.amongEvents.missed == record.heartbeat.missed)
        #expect(record.heartbeat.rhythm?.covered == 0)
    }

    @Test func beatsThatStopAreCountedByStream() throws {
        let record = try run(3, expecting: 40 * .perMillisecond) { connection in
            for _ in 0..<2 {
                try connection.write(": beat\n\n")
                connection.pause(20)
            }
            connection.pause(500)
        }
        #expect(record.heartbeat.rhythm?.stopped == 3)
    }

    @Test func beatsWhileConnectionsArriveAreCountedApart() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            for _ in 0..<3 {
                try connection.write(": beat\n\n")
                connection.pause(100)
            }
            return nil
        }
        var scenario = Made.holding(2)
        // The second connection arrives long after the first one's beats.
        scenario.arrival = .rate(0.5)
        var options = HeartbeatOptions(expect: 10 * .perSecond)
        options.tolerance = 1
        let record = try Made.generator(scenario, Made.endpoint(server.port), heartbeat: options).run()
        #expect(record.heartbeat.beats == 6)
        #expect(record.heartbeat.rhythm?.underLoad.beats == 3)
        #expect(record.heartbeat.rhythm?.underLoad.interval.count == 2)
    }

    @Test func streamsThatTheServerEndsHaveAnAge() throws {
        let record = try run(4, expecting: .perSecond) { connection in connection.pause(100) }
        let ended = try #require(record.heartbeat.ended)
        #expect(ended.ages.count == 4)
        #expect(try #require(ended.ages.value(atPercentile: 0)) >= 90 * .perMillisecond)
        #expect(ended.last >= ended.first)
        #expect(record.heartbeat.longestLife == ended.ages.largest)
    }

    @Test func streamsThatTheClientEndsAreOnlyLongLived() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            return connection.readToEnd()
        }
        let scenario = Made.holding(1, for: 60 * .perMillisecond)
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        #expect(record.heartbeat.ended == nil)
        #expect(try #require(record.heartbeat.longestLife) >= 55 * .perMillisecond)
    }

    @Test(
        arguments: [
            (": beat\n\n", .comment, nil, "comment"), ("event: ping\n\n", .emptyEvent, nil, "any"),
            ("event: ping\ndata: {}\n\n", .event, "ping", "event:ping"), ("data: tick\n\n", .any, nil, "any"),
        ] as [(String, DiscoveredBeat.Kind, String?, String)]
    )
    func whatBeatsIsDiscovered(beat: String, kind: DiscoveredBeat.Kind, name: String?, match: String) throws {
        let record = try run(2, expecting: nil) { connection in
            for _ in 0..<4 {
                try connection.write(beat)
                connection.pause(150)
            }
        }
        let found = try #require(record.heartbeat.discovered?.first { $0.kind == kind })
        #expect(found.name == name)
        #expect(found.match == match)
        #expect((found.streams, found.looked) == (2, 2))
        #expect(found.interval.count == 6)
        #expect(record.heartbeat.rhythm == nil, "nothing was expected")
        #expect(record.heartbeat.missed == nil)
    }

    /// Each read is stamped, or counted as one that is not.
    @Test func theGeneratorsOwnErrorIsMeasured() throws {
        let record = try run(expecting: .perSecond) { connection in
            for _ in 0..<3 {
                try connection.write(": beat\n\n")
                connection.pause(50)
            }
        }
        #expect(record.stampedReads + (record.unstampedReads ?? 0) >= 3)
        if record.stampedReads > 1 { #expect(record.stampError?.isEmpty == false) }
    }
}
