import EventLoop
import Glibc
import Record
import ReferenceServer
import RunProfile
import ScriptedServer
import Synchronization
import TestTurns
import Testing
import Transport
import Vocabulary

@testable import Load

/// Whole loads: held streams, many workers, ends from outside.
@Suite(Turn.sideBySide) struct LoadGeneratorTests {
    @Test(arguments: [false, true])
    func aHeldStreamIsClosedInGoodOrder(tls: Bool) throws {
        let context = try TLSServerContext(SelfSignedCertificate())
        let server = try ScriptedServer { connection in
            if tls { try connection.handshake(context) }
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            return connection.readToEnd()
        }
        let endpoint = Made.endpoint(server.port, tls: tls ? try Made.tls(.tls13) : nil)
        let record = try Made.generator(Made.holding(6, for: 40 * .perMillisecond), endpoint, workers: 3).run()
        #expect(server.stop().map(\.ending) == Array(repeating: "end", count: 6))
        #expect(record.connections.attempted == 6)
        #expect(record.connections.established == 6)
        #expect(record.connections.completed == 6)
        #expect(record.connections.ended == 0)
        #expect(record.connections.failed == 0)
        #expect((1...6).contains(record.connections.peak))
        #expect(record.events == 6)
        #expect(record.latency[.connect].count == 6)
        #expect(record.latency[.tlsHandshake].count == (tls ? 6 : 0))
        #expect(record.latency[.timeToHeaders].count == 6)
        #expect(record.latency[.timeToFirstEvent].count == 6)
        #expect(record.loopLag.count > 0)
    }

    @Test(arguments: [false, true])
    func aStopClosesThousandsOfStreams(tls: Bool) throws {
        DescriptorLimit.raise()
        let streams = tls ? 300 : 2_000
        var options = ReferenceServerOptions()
        options.tlsPort = 0
        let server = try ReferenceServer(options)
        let addresses = try server.start()
        defer { server.stop() }
        let endpoint = Made.endpoint(addresses[tls ? 1 : 0].port, tls: tls ? try Made.tls(.tls13) : nil)
        let generator = try Made.generator(Made.holding(streams), endpoint, workers: 2)
        let load = try Background(generator)
        #expect(eventually { generator.progress.streamCount == streams })
        generator.stop()
        let record = load.record()
        #expect(generator.progress.streamCount == 0)
        #expect(record.connections.attempted == UInt64(streams))
        #expect(record.connections.established == UInt64(streams))
        #expect(record.connections.peak == UInt64(streams))
        #expect(record.connections.failed == 0)
        #expect(record.connections.completed == 0)
        #expect(record.stages[.headersReceived] == UInt64(streams))
        #expect(record.errors.isEmpty)
    }

    @Test func aStopLeavesNoConnectionOpenAtAnyStage() throws {
        let server = try ScriptedServer { connection in connection.readToEnd() }
        var late = Made.holding(50, name: "late")
        late.arrival = .rate(0.1)
        let generator = try Made.generator([
            (
                Made.dropping(20, at: [.connected, .requestSent], [.stall, .halfClose], wait: Made.forever),
                Made.endpoint(server.port)
            ),
            (
                Made.dropping(5, at: [.requestPartial], [.fin], delay: Made.forever...Made.forever, name: "slow"),
                Made.endpoint(server.port)
            ),
            (Made.holding(5), Made.endpoint(server.port, tls: try Made.tls(.tls13))),
            (late, Made.endpoint(server.port)),
        ])
        let load = try Background(generator)
        #expect(eventually { generator.progress.attemptCount == 31 })
        generator.stop()
        let record = load.record()
        #expect(record.connections.attempted == 31, "what has not arrived never starts")
        #expect(record.connections.failed == 0)
        #expect(server.stop().count == 31)
    }

    @Test func aStopBeforeTheStartEndsTheLoadAtOnce() throws {
        let generator = try Made.generator(Made.holding(5), Made.endpoint(9))
        generator.stop()
        #expect(try generator.run().connections.attempted == 0)
    }

    /// A server that sends faster than it is read costs neither memory nor the others' turn.
    @Test func aFloodStarvesNobody() throws {
        let isEnough = Flag()
        let flood = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            let events = Array(String(repeating: "data: flood\n\n", count: 5_000).utf8)
            while !isEnough.isRaised { try connection.write(events) }
            return nil
        }
        let quiet = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            for _ in 0..<10 {
                try connection.write("event: tick\ndata: 1\n\n")
                connection.pause(10)
            }
            isEnough.raise()
            return nil
        }
        var heartbeat = HeartbeatOptions(expect: 5 * .perSecond)
        heartbeat.match = .event("tick")
        let record = try Made.generator(
            [
                (Made.holding(3, name: "flooded"), Made.endpoint(flood.port)),
                (Made.holding(1, name: "quiet"), Made.endpoint(quiet.port)),
            ],
            heartbeat: heartbeat
        ).run()
        #expect(record.connections.ended == 4)
        #expect(record.heartbeat.beats == 10)
        #expect(record.events > 10_000)
        #expect(record.heartbeat.interval.largest < 1 * .perSecond)
    }

    /// Each pair of a source and a target address has a port range of its own.
    @Test func everyPairOfSourceAndTargetIsUsed() throws {
        let pairs = Locked<Set<String>>([])
        let server = try ScriptedServer(host: "0.0.0.0") { connection in
            let target = try Socket.localAddress(connection.descriptor)
            let source = try connection.peerAddress()
            pairs.withLock { _ = $0.insert("\(source) \(target)") }
            return nil
        }
        let endpoint = Made.endpoint(
            server.port,
            hosts: ["127.0.0.1", "127.0.0.2"],
            sources: ["127.0.0.8", "127.0.0.9"]
        )
        let record = try Made.generator(Made.dropping(8, at: [.connected], [.fin]), endpoint).run()
        server.stop()
        #expect(record.connections.dropped == 8)
        #expect(pairs.withLock { $0.count } == 4)
    }

    /// The event loop of one of two workers fails in the middle of the load: both end, and both records are kept.
    @Test func aWorkerThatDiesEndsTheLoad() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            return connection.readToEnd()
        }
        let plan = ScenarioPlan(Made.holding(10, for: 60 * .perSecond), tls: false, seed: 1)
        let generator = try LoadGenerator(
            scenarios: [LoadScenario(plan: plan, endpoint: Made.endpoint(server.port))],
            workerCount: 2,
            settings: LoadSettings(heartbeat: nil, limits: LimitOptions())
        )
        let breaker = try OperatingSystemThread(name: "breaker") {
            let deadline = MonotonicClock.now() + 10 * .perSecond
            while generator.progress.open.load(ordering: .relaxed) < 10, MonotonicClock.now() < deadline {
                usleep(1_000)
            }
            generator.workers[1].loop.breakDown()
        }
        let record = try generator.run()
        breaker.join()
        #expect(record.workerDeaths?.map(\.worker) == [1])
        #expect(record.workerDeaths?.first?.reason.hasPrefix("EINVAL") == true)
        #expect(record.connections.established == 10)
    }
}
