import HTTP
import EventStream
import Glibc
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

/// The faults that a stream's bytes show.
@Suite(Turn.sideBySide) struct StreamFaultTests {
    private func connected(_ faults: Set<Fault>, _ request: EventStreamRequest = EventStreamRequest()) -> String {
        let event = EventBytes.connected(ClientID(), number: 5, for: request, faults: Faults(faults))
        return String(decoding: event.body, as: UTF8.self)
    }

    @Test func firstEventTellsToComeBackAtOnce() {
        #expect(connected([.retryStorm]).contains("\nretry: 0\n"))
        #expect(!connected([]).contains("retry"))
    }

    @Test(arguments: [
        EventStreamRequest(topics: ["a"], lastEventID: "1\nevent: forged"),
        EventStreamRequest(topics: ["a\nevent: forged"], lastEventID: nil),
    ])
    func lineEndForgesAField(request: EventStreamRequest) {
        #expect(connected([.idInjection], request).contains("\nevent: forged\n"))
        #expect(!connected([], request).contains("forged"))
        #expect(connected([.idInjection], request).hasSuffix("\n\n"))
        // One event only: the forged field is within it.
        #expect(connected([.idInjection], request).split(separator: "\n\n").count == 1)
    }

    @Test func injectionReachesTheClientThroughTheQuery() throws {
        for faults: Set<Fault> in [[], [.idInjection]] {
            let fixture = try ServerFixture { $0.faults.names = faults }
            let client = try fixture.client()
            try client.sendRequest("GET", "/events?topics=a%0Aevent:%20forged")
            #expect(try client.read(until: "\n\n").contains("event: forged") == !faults.isEmpty)
        }
    }

    @Test func characterIsCutAcrossEvents() {
        let clean = EventBytes.event(data: "café\nü", number: 1, faults: Faults())
        let cut = EventBytes.event(data: "café\nü", number: 1, faults: Faults([.splitUTF8]))
        #expect(clean.body == Array("id: 1\ndata: café\ndata: ü\n\n".utf8))
        #expect(
            cut.body == Array("id: 1\ndata: caf".utf8) + [0xC3] + Array("\n\ndata: ".utf8) + [0xA9]
                + Array("\ndata: ü\n\n".utf8)
        )
        let ascii = EventBytes.event(data: "cafe", number: 1, faults: Faults([.splitUTF8]))
        #expect(ascii.body == Array("id: 1\ndata: cafe\n\n".utf8))
    }

    @Test(arguments: [("text/event-stream", []), ("text/plain; charset=utf-8", [Fault.wrongContentType])])
    func contentTypeIsWrong(type: String, faults: [Fault]) throws {
        let fixture = try ServerFixture { $0.faults.names = Set(faults) }
        #expect(try fixture.observer.request("HEAD", "/events").fields.value(of: "content-type") == type)
        for (method, target) in [("GET", "/events"), ("POST", "/v1/chat/completions")] {
            let client = try fixture.client()
            try client.sendRequest(method, target)
            #expect(try client.head().value(of: "content-type") == type)
        }
    }

    @Test func bytesAreHeldBackUntilThereAreMany() {
        let faults = Faults([.buffered])
        var heldBack: [UInt8] = []
        #expect(faults.released([1, 2, 3], headBytes: 2, heldBack: &heldBack) == [1, 2])
        let rest = [UInt8](repeating: 4, count: Faults.bufferBytes - 2)
        #expect(faults.released(rest, headBytes: 0, heldBack: &heldBack).isEmpty)
        #expect(faults.released([5], headBytes: 0, heldBack: &heldBack) == [3] + rest + [5])
        #expect(heldBack.isEmpty)
        #expect(Faults().released([1, 2, 3], headBytes: 2, heldBack: &heldBack) == [1, 2, 3])
        #expect(heldBack.isEmpty)
    }

    @Test func bufferedServerSendsTheHeadAtOnceAndTheRestLate() throws {
        let fixture = try ServerFixture {
            $0.faults.names = [.buffered]
            $0.heartbeat = 10 * .perMillisecond
        }
        let client = try fixture.client()
        try client.sendRequest("GET", "/events?topics=a")
        #expect(try client.head().status == 200)
        #expect(try fixture.eventually { try fixture.metric("sse_heartbeats_total") >= 3 })
        var byte: UInt8 = 0
        #expect(recv(client.descriptor, &byte, 1, Int32(MSG_DONTWAIT) | Int32(MSG_PEEK)) == -1)
        _ = try fixture.observer.request("POST", "/broadcast?topic=a", body: String(repeating: "x", count: 4_096))
        // The first event, the heartbeats and the broadcast come together, in their order.
        #expect(try client.read(until: "xxxx\n\n").firstRange(of: ": heartbeat") != nil)
    }
}
