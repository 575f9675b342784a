import EventLoop
import Load
import Record
import RunProfile
import ScriptedServer
import Synchronization
import TestTurns
import Testing
import Vocabulary

/// Held clients that come back, against scripted servers.
@Suite(Turn.sideBySide) struct ReconnectTests {
    /// The wait of clients in these tests unless they say otherwise.
    private static let soon: Nanoseconds = 20 * .perMillisecond

    private func comingBack(
        _ connections: Int = 1,
        for hold: Nanoseconds = Made.forever,
        _ change: (inout ReconnectOptions) -> Void = { _ in }
    ) -> Scenario {
        var scenario = Made.holding(connections, for: hold)
        var options = ReconnectOptions()
        options.jitter = 0...0
        options.after = Self.soon
        change(&options)
        scenario.reconnect = options
        return scenario
    }

    /// Carries out a load whose server serves each connection by its number, from 0, until it has served some.
    ///
    /// - Returns: the record, and the requests in the order of their ends.
    private func run(
        _ scenario: Scenario,
        untilServed count: Int,
        _ script: @escaping @Sendable (ScriptedConnection, Int) throws -> Void
    ) throws -> (record: LoadRecord, requests: [String]) {
        let served = Locked(0)
        let server = try ScriptedServer { connection in
            let number = served.withLock { number in
                defer { number += 1 }
                return number
            }
            let request = try connection.readRequest()
            if number >= count - 1 {
                // The last one stays, so that its client lives until the load is completed.
                try connection.write(Made.head)
                _ = connection.readToEnd()
            } else {
                try script(connection, number)
            }
            return ScriptedServer.Seen(request, ending: "")
        }
        let generator = try Made.generator(scenario, Made.endpoint(server.port))
        let load = try Background(generator)
        let isBack = eventually {
            served.withLock { $0 } >= count && generator.progress.streamCount == scenario.connections
        }
        #expect(isBack)
        generator.complete()
        let record = load.record()
        return (record, server.stop().map { String(decoding: $0.bytes, as: UTF8.self) })
    }

    @Test func aClosedStreamComesBackAndIsStillOneClient() throws {
        let (record, requests) = try run(comingBack(), untilServed: 3) { connection, _ in
            try connection.write(Made.head + "id: 7\ndata: 1\n\n")
        }
        #expect(requests.count == 3)
        #expect(record.connections.attempted == 1)
        #expect(record.connections.established == 1)
        #expect(record.connections.completed == 1)
        #expect(record.connections.ended == 0)
        #expect(record.connections.failed == 0)
        #expect(record.heartbeat.streams == 1)
        #expect(record.stages[.streaming] == 1)
        let reconnect = try #require(record.reconnect)
        #expect(reconnect.closed == [ReconnectRecord.ended: 2])
        #expect(reconnect.attempts == 2)
        #expect(reconnect.returned == 2)
        #expect(reconnect.failures.isEmpty)
        #expect(reconnect.missing == 0)
        #expect(reconnect.away.count == 2)
        #expect(reconnect.away.largest >= Self.soon)
        #expect(reconnect.windows.reduce(0) { $0 + $1.closed } == 2)
        #expect(reconnect.windows.reduce(0) { $0 + $1.returned } == 2)
    }

    @Test func itSaysWhatItHasSeenLast() throws {
        let (_, requests) = try run(comingBack(), untilServed: 4) { connection, number in
            let events = ["id: a b\ndata: 1\n\nid: cut", "data: without an id\n\n", "id\ndata: 2\n\n"]
            try connection.write(Made.head + events[number])
        }
        let ids = requests.map { request in
            request.split(separator: "\r\n").first { $0.hasPrefix("Last-Event-ID: ") }
        }
        #expect(ids == [nil, "Last-Event-ID: a b", "Last-Event-ID: a b", nil])
        #expect(requests[1] == Made.request.dropLast() + "Last-Event-ID: a b\r\n\r\n")
    }

    @Test func itKeepsSilentWhereItIsToldTo() throws {
        let (record, requests) = try run(comingBack { $0.lastEventID = false }, untilServed: 2) { connection, _ in
            try connection.write(Made.head + "id: 7\ndata: 1\n\n")
        }
        #expect(requests == [Made.request, Made.request])
        #expect(record.reconnect?.unsentIDs.isEmpty == true)
    }

    @Test(arguments: [
        ("id: \u{1}\ndata: 1\n\n", "LAST_EVENT_ID_CONTROL_CHARACTER"),
        ("id: " + String(repeating: "x", count: 4_097) + "\ndata: 1\n\n", "LIMIT_LAST_EVENT_ID_BYTES"),
    ])
    func anIDThatNoHeaderCanCarryIsNamed(events: String, name: String) throws {
        let (record, requests) = try run(comingBack(), untilServed: 2) { connection, _ in
            try connection.write(Made.head + events)
        }
        #expect(requests == [Made.request, Made.request])
        #expect(record.reconnect?.unsentIDs == [name: 1])
    }

    @Test(arguments: [true, false])
    func itWaitsAsTheServerTold(isHonoured: Bool) throws {
        let scenario = comingBack {
            $0.honourRetry = isHonoured
            $0.after = 50 * .perMillisecond
        }
        let (record, _) = try run(scenario, untilServed: 2) { connection, _ in
            try connection.write(Made.head + "retry: 1\n\nretry: 300\n\n")
        }
        let reconnect = try #require(record.reconnect)
        #expect(
            reconnect.retry
                == RetryRecord(told: 2, zeros: 0, shortest: .perMillisecond, longest: 300 * .perMillisecond)
        )
        if isHonoured { #expect(reconnect.away.largest >= 300 * .perMillisecond) }
        #expect(reconnect.away.largest >= 50 * .perMillisecond)
    }

    /// Even a `retry` of 0 is no endless loop.
    @Test func aRetryOfZeroIsHonouredWithinABound() throws {
        let scenario = comingBack { $0.after = 10 * .perSecond }
        let (record, _) = try run(scenario, untilServed: 4) { connection, _ in
            try connection.write(Made.head + "retry: 0\n\n")
        }
        let reconnect = try #require(record.reconnect)
        #expect(reconnect.retry?.zeros == 3)
        #expect(reconnect.returned == 3)
        #expect(try #require(reconnect.away.value(atPercentile: 0)) >= 10 * .perMillisecond)
        #expect(reconnect.peakRate ?? 0 >= 10)
    }

    @Test func whatFailsOnTheWayBackIsCountedApart() throws {
        let (record, requests) = try run(comingBack(), untilServed: 5) { connection, number in
            switch number {
            case 0:
                try connection.write(Made.head + "id: 1\ndata: 1\n\n")
                connection.reset()
            case 1: try connection.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
            case 2: connection.reset()
            default: try connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
            }
        }
        #expect(record.connections.failed == 0)
        #expect(record.errors.isEmpty)
        let reconnect = try #require(record.reconnect)
        #expect(reconnect.closed == ["ECONNRESET": 1])
        #expect(reconnect.failures == ["HTTP_503": 1, "ECONNRESET": 1, "NOT_AN_EVENT_STREAM": 1])
        #expect(reconnect.attempts == 4)
        #expect(reconnect.returned == 1)
        // The ID outlives the failures.
        #expect(requests.dropFirst().allSatisfy { $0.contains("Last-Event-ID: 1\r\n") })
    }

    @Test func aFirstFailureIsNoReconnection() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
            return nil
        }
        let record = try Made.generator(comingBack(2), Made.endpoint(server.port)).run()
        #expect(record.errors == ["HTTP_503": 2])
        #expect(record.reconnect == ReconnectRecord())
    }

    @Test func aClientGivesUpAfterSoManyFailures() throws {
        let served = Locked(0)
        let server = try ScriptedServer { connection in
            let number = served.withLock { number in
                defer { number += 1 }
                return number
            }
            try connection.readRequest()
            try connection.write(number == 0 ? Made.head : "HTTP/1.1 500 Internal Server Error\r\n\r\n")
            return nil
        }
        let record = try Made.generator(comingBack { $0.attempts = 3 }, Made.endpoint(server.port)).run()
        #expect(record.connections.failed == 1)
        #expect(record.errors == ["RECONNECT_GAVE_UP": 1])
        let reconnect = try #require(record.reconnect)
        #expect(reconnect.failures == ["HTTP_500": 3])
        #expect(reconnect.gaveUp == 1)
        #expect(reconnect.outages.map(\.end) == [nil])
    }

    @Test func noContentMeansToStayAway() throws {
        let served = Locked(0)
        let server = try ScriptedServer { connection in
            let number = served.withLock { number in
                defer { number += 1 }
                return number
            }
            try connection.readRequest()
            try connection.write(number == 0 ? Made.head : "HTTP/1.1 204 No Content\r\n\r\n")
            return nil
        }
        let record = try Made.generator(comingBack(), Made.endpoint(server.port)).run()
        #expect(record.connections.ended == 1)
        #expect(record.connections.failed == 0)
        #expect(record.reconnect?.toldToStop == 1)
        #expect(record.reconnect?.attempts == 1)
    }

    /// Its wait is its own, or one that the server told: nobody has let it down.
    @Test func aClientWhoseHoldEndsInItsWaitIsNotMissing() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            return nil
        }
        let scenario = comingBack(for: 100 * .perMillisecond) { $0.after = 10 * .perSecond }
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        #expect(record.errors == [:])
        #expect(record.connections.completed == 1)
        #expect(record.reconnect?.holdOver == 1)
        #expect(record.reconnect?.missing == 0)
        #expect(record.reconnect?.attempts == 0)
    }

    /// It has waited for its stream, and the server did not give it one.
    @Test func aClientWhoseAttemptIsNotAnsweredIsMissing() throws {
        let served = Locked(0)
        let server = try ScriptedServer { connection in
            let number = served.withLock { number in
                defer { number += 1 }
                return number
            }
            try connection.readRequest()
            if number == 0 { try connection.write(Made.head) } else { _ = connection.readToEnd() }
            return nil
        }
        let scenario = comingBack(for: 1_500 * .perMillisecond)
        let record = try Made.generator(scenario, Made.endpoint(server.port)).run()
        #expect(record.errors == ["RECONNECT_AWAY_AT_END": 1])
        #expect(record.reconnect?.awayAtEnd == 1)
        #expect(record.reconnect?.missing == 1)
        #expect(record.reconnect?.holdOver == nil)
    }

    @Test func aLoadThatIsCutShortLeavesNoClientBehind() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            return nil
        }
        let generator = try Made.generator(
            comingBack(3) { $0.after = 60 * .perSecond },
            Made.endpoint(server.port),
            workers: 2
        )
        let load = try Background(generator)
        #expect(eventually { generator.progress.attemptCount == 3 })
        let progress = generator.progress
        #expect(eventually { progress.peak.load(ordering: .relaxed) >= 1 && progress.streamCount == 0 })
        generator.stop()
        let record = load.record()
        #expect(record.reconnect?.cutShort == record.reconnect?.closures)
        #expect(record.reconnect?.missing == 0)
    }

    @Test(arguments: [Manner.rst, .fin])
    func allStreamsAreDroppedAtOnceAndComeBack(manner: Manner) throws {
        let scenario = comingBack(20) { options in
            options.drop = ReconnectOptions.MassDrop(moments: [300 * .perMillisecond])
            options.drop?.manner = manner
        }
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "id: 1\ndata: 1\n\n")
            return connection.readToEnd()
        }
        let generator = try Made.generator(scenario, Made.endpoint(server.port), workers: 2)
        let load = try Background(generator)
        #expect(eventually { generator.progress.dropped.load(ordering: .relaxed) == 20 })
        #expect(eventually { generator.progress.streamCount == 20 })
        generator.complete()
        let record = load.record()
        let seen = server.stop()
        #expect(seen.count == 40)
        #expect(seen.filter { $0.ending == "ECONNRESET" }.count == (manner == .rst ? 20 : 0))
        #expect(record.connections.completed == 20)
        #expect(record.connections.dropped == 20)
        #expect(record.drops.reduce(0) { $0 + $1.count } == 20)
        let reconnect = try #require(record.reconnect)
        #expect(reconnect.closed == [ReconnectRecord.dropped: 20])
        #expect(reconnect.returned == 20)
        #expect(reconnect.drops.count == 1)
        #expect(reconnect.drops.first?.closed == 20)
        #expect(reconnect.drops.first?.returned == 20)
        #expect(try #require(reconnect.drops.first?.lastReturn) >= Self.soon)
        #expect(reconnect.outages.count == 1)
        #expect(reconnect.outages.first?.mostAway == 20)
    }

    /// A client's place falls free only when the client is gone, not while it is away.
    @Test func aKeptPlaceIsNotFilledWhileItsClientIsAway() throws {
        var scenario = comingBack(4)
        scenario.arrival = .keep(2, rate: nil)
        let served = Locked(0)
        let server = try ScriptedServer { connection in
            let number = served.withLock { number in
                defer { number += 1 }
                return number
            }
            try connection.readRequest()
            try connection.write(Made.head)
            if number >= 2 { _ = connection.readToEnd() }
            return nil
        }
        let generator = try Made.generator(scenario, Made.endpoint(server.port))
        let load = try Background(generator)
        #expect(eventually { served.withLock { $0 } == 4 && generator.progress.streamCount == 2 })
        #expect(generator.progress.attemptCount == 2)
        generator.stop()
        #expect(load.record().reconnect?.returned == 2)
    }
}
