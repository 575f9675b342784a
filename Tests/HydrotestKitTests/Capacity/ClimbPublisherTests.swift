import EventLoop
import Foundation
import Glibc
import Probe
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite(Turn.sideBySide) struct ClimbPublisherTests {
    @Test func eachPublishCarriesItsMoment() throws {
        let before = MonotonicClock.now()
        let bodies = Locked<[[UInt8]]>([])
        let server = try ScriptedServer { connection in
            let request = try connection.read(until: "!")
            let count = bodies.withLock { bodies in
                bodies.append(request)
                return bodies.count
            }
            let status = count % 2 == 1 ? "204 No Content" : "503 Service Unavailable"
            try connection.write("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n")
            return nil
        }
        var options = PublishOptions(address: .url(try Made.url(server.url("/publish"))))
        options.body = "a {moment}!"
        let publisher = try ClimbPublisher(
            options,
            to: try Made.url(server.url("/publish")),
            with: HTTPClient(),
            every: 5 * .perMillisecond
        )
        let deadline = before + 10 * .perSecond
        while bodies.withLock({ $0.count }) < 4, MonotonicClock.now() < deadline { usleep(1_000) }
        let outcome = publisher.stop()
        #expect(outcome.published >= 2)
        #expect(try #require(outcome.errors["HTTP_503"]) >= 1)
        let moments = bodies.withLock { bodies in
            bodies.map { body in body.withUnsafeBytes { SendMoment.find(in: $0) } }
        }
        #expect(moments.count >= 4)
        #expect(moments.allSatisfy { (before...MonotonicClock.now()).contains($0 ?? 0) })
        #expect(moments.compactMap(\.self) == moments.compactMap(\.self).sorted())
    }
}
