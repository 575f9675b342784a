import EventStream
import Glibc
import TestTurns
import Testing
import Transport
import Vocabulary

@testable import ReferenceServer

/// The faults that others than the streams feel.
@Suite(Turn.sideBySide) struct OthersFaultTests {
    @Test(arguments: [false, true])
    func ordinaryRequestsWaitWhileAllWorkersHoldStreams(isStarved: Bool) throws {
        let fixture = try ServerFixture { if isStarved { $0.faults.names = [.starvesBystanders] } }
        let streams = try (0..<Faults.requestWorkers).map { _ in try fixture.stream().client }
        let client = try fixture.client()
        try client.sendRequest("GET", "/healthz")
        // The state has a worker of its own.
        #expect(try fixture.gauge("slots") == Faults.requestWorkers)
        if isStarved {
            var entry = pollfd(fd: client.stream.descriptor, events: Int16(POLLIN), revents: 0)
            #expect(poll(&entry, 1, 300) == 0)
            streams[0].close()
        }
        #expect(try client.response().status == 200)
        for stream in streams.dropFirst(isStarved ? 1 : 0) { stream.close() }
    }

    @Test(arguments: ["", "GET /events HTTP/1.1\r\nHo"])
    func aClientThatStallsIsKept(said: String) throws {
        let fixture = try ServerFixture {
            $0.requestTimeout = 300 * .perMillisecond
            $0.faults.names = [.noHandshakeTimeout]
        }
        let client = try fixture.client()
        try client.send(said)
        for _ in 0..<40 {
            #expect(try fixture.gauge("sockets") == 2)
            usleep(20_000)
        }
        client.close()
    }
}
