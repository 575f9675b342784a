import EventLoop
import Glibc
import Record
import ReferenceServer
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

@testable import Load

/// Publishers and streams together: what is published through one door is awaited at the other.
@Suite(Turn.sideBySide) struct DeliveryTests {
    private func generator(
        _ scenarios: [Scenario],
        to port: UInt16,
        _ publisher: LoadPublisher,
        workers: Int = 2
    ) throws -> LoadGenerator {
        try LoadGenerator(
            scenarios: scenarios.map {
                let request = "GET /events?topics=news HTTP/1.1\r\nHost: localhost\r\n\r\n"
                return LoadScenario(
                    plan: ScenarioPlan($0, tls: false, seed: 7),
                    endpoint: Made.endpoint(port, request: request)
                )
            },
            workerCount: workers,
            settings: LoadSettings(heartbeat: nil, limits: LimitOptions()),
            publishers: [publisher]
        )
    }

    @Test func theCleanServerLosesRepeatsAndReordersNothing() throws {
        let server = try ReferenceServer()
        let port = try server.start()[0].port
        defer { server.stop() }
        var publisher = try Made.publisher(port, rate: 100, path: "/broadcast?topic=news", body: "{\"seq\":${seq}}")
        publisher.grace = 200 * .perMillisecond
        var scenario = Made.holding(40, for: 1_500 * .perMillisecond, name: "listeners")
        // Streams come and go while messages are under way.
        scenario.arrival = .rate(40)
        let dropper = Made.dropping(20, at: [.streaming], [.rst], delay: 0...100 * .perMillisecond)
        let record = try generator([scenario, dropper], to: port, publisher).run()
        let delivery = try #require(record.deliveries?.first)
        let publishing = try #require(delivery.publishing)
        #expect(delivery.publisher == "news")
        #expect(publishing.accepted > 100)
        #expect(publishing.errors.isEmpty)
        #expect(delivery.counts.streams == 60)
        #expect(delivery.counts.received > 4_000)
        #expect(delivery.counts.lost == 0)
        #expect(delivery.counts.duplicated == 0)
        #expect(delivery.counts.outOfOrder == 0)
        #expect(delivery.counts.stale == 0)
        #expect(delivery.latency.count == delivery.counts.received)
        #expect(record.latency[.event] == delivery.latency)
        #expect(publishing.spread.count <= publishing.accepted)
        #expect(publishing.spread.count > 100)
        let reach = try #require(publishing.reach)
        #expect(reach.messages > 100)
        #expect(reach.whole == reach.messages)
        #expect(publishing.stops == nil)
        #expect(delivery.places == LossPlaces())
        let listeners = try #require(record.scenarios?.first?.load.deliveries?.first)
        #expect(listeners.publishing == nil)
        #expect(listeners.counts.streams == 40)
    }

    /// The streams of a message are those of all workers.
    @Test func workersTellTogetherHowManyStreamsAMessageCameTo() throws {
        var options = ReferenceServerOptions()
        options.port = 0
        options.faults = Faults([.sharedQueue])
        let server = try ReferenceServer(options)
        let port = try #require(try server.start().first).port
        defer { server.stop() }
        var publisher = try Made.publisher(port, rate: 50, path: "/broadcast?topic=news")
        publisher.grace = 200 * .perMillisecond
        let scenario = Made.holding(4, for: 2 * .perSecond, name: "listeners")
        let record = try generator([scenario], to: port, publisher).run()
        let delivery = try #require(record.deliveries?.first)
        let reach = try #require(delivery.publishing?.reach)
        #expect(reach.messages > 50)
        #expect(reach.one == reach.messages)
        #expect(reach.most == 4)
        #expect(delivery.places?.losersBetween == 4)
        #expect(delivery.publishing?.stops == nil)
        #expect(delivery.counts.received <= UInt64(delivery.publishing?.accepted ?? 0))
    }

    /// The server of the test decides what each stream gets; the numbers of the record are those.
    @Test func whatAServerDoesToMessagesIsCountedExactly() throws {
        let messages = Locked<[String]>([])
        let mayEnd = Flag()
        let server = try ScriptedServer { connection in
            let request = String(decoding: try connection.read(), as: UTF8.self)
            guard request.hasPrefix("GET") else {
                messages.withLock { $0.append(String(request.suffix(MessageStamp.digits))) }
                try connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return nil
            }
            try connection.write(Made.head + "data: welcome\n\n")
            var sent = 0
            while !mayEnd.isRaised {
                let all = messages.withLock { $0 }
                for number in sent..<all.count {
                    let event = "data: {\"message\":\"\(all[number])\"}\n\n"
                    // The third is lost, the fifth comes twice, the seventh long after those that followed it.
                    switch number {
                    case 2, 6: break
                    case 4: try connection.write(event + event)
                    case 25: try connection.write(event + "data: \(all[6])\n\n")
                    default: try connection.write(event)
                    }
                }
                sent = all.count
                connection.pause(1)
            }
            return connection.readToEnd()
        }
        var publisher = try Made.publisher(server.port, rate: 50)
        publisher.start = 200 * .perMillisecond
        publisher.grace = 50 * .perMillisecond
        let generator = try generator([Made.holding(3)], to: server.port, publisher)
        let load = try Background(generator)
        #expect(eventually { messages.withLock { $0.count } > 30 })
        generator.complete()
        mayEnd.raise()
        let delivery = try #require(load.record().deliveries?.first)
        #expect(delivery.counts.lost == 3)
        #expect(delivery.counts.losers == 3)
        #expect(delivery.counts.duplicated == 3)
        #expect(delivery.counts.outOfOrder == 3)
        server.stop()
    }

    @Test func withoutAPublisherNothingIsWatched() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 42000000000001\n\n")
            return nil
        }
        let record = try Made.generator(Made.holding(1), Made.endpoint(server.port)).run()
        #expect(record.deliveries == nil)
        #expect(record.events == 1)
    }
}
