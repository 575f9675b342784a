import HTTP
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

@Suite(Turn.sideBySide) struct ResumeFaultTests {
    /// What a client is sent that names an event as the last one it has seen, after three broadcasts.
    private func resumed(_ lastEventID: String?, faults: Set<Fault> = [], topics: [String] = ["a"]) -> [String] {
        let fixture = RegistryFixture(faults: faults)
        for (topic, data) in [("a", "one"), ("b", "two"), ("a", "three")] {
            _ = fixture.registry.broadcast(topic: topic, data: data)
        }
        let response = FakeResponse()
        fixture.register(response, topics: topics, lastEventID: lastEventID)
        return response.written.flatMap { $0.split(separator: "\n").map(String.init) }.filter {
            $0.hasPrefix("id: ") || ($0.hasPrefix("data: ") && !$0.hasPrefix("data: {"))
        }
    }

    @Test func streamGoesOnAfterTheLastEventSeen() {
        #expect(resumed("0") == ["id: 0", "id: 1", "data: one", "id: 3", "data: three"])
        #expect(resumed("1") == ["id: 1", "id: 3", "data: three"])
        // The event of another client's topic.
        #expect(resumed("2") == ["id: 2", "id: 3", "data: three"])
        #expect(resumed("3") == ["id: 3"])
    }

    @Test(arguments: [nil, "", "4", "-1", "x", "18446744073709551615", "18446744073709551616"])
    func idThatIsNoneOfOursReplaysNothing(id: String?) {
        #expect(resumed(id) == ["id: 3"])
        #expect(resumed(id, faults: [.duplicateOnResume, .crossSessionReplay, .lostOnResume]) == ["id: 3"])
    }

    @Test func firstMissedEventIsLost() {
        #expect(resumed("0", faults: [.lostOnResume]) == ["id: 0", "id: 3", "data: three"])
    }

    @Test func lastSeenEventIsRepeated() {
        #expect(resumed("1", faults: [.duplicateOnResume]) == ["id: 1", "id: 1", "data: one", "id: 3", "data: three"])
        #expect(resumed("2", faults: [.duplicateOnResume]) == ["id: 2", "id: 3", "data: three"])
    }

    @Test(arguments: [[], [Fault.subscribeAfterReplay]])
    func whatIsPublishedBetweenReplayAndSubscriptionIsLost(faults: [Fault]) {
        let paused = Paused()
        let fixture = RegistryFixture(faults: Set(faults), subscription: { paused.add($0) })
        _ = fixture.registry.broadcast(topic: "a", data: "one")
        let (fresh, resumed) = (FakeResponse(), FakeResponse())
        fixture.register(fresh, topics: ["a"])
        fixture.register(resumed, topics: ["a"], lastEventID: "0")
        _ = fixture.registry.broadcast(topic: "a", data: "two")
        paused.goOn()
        _ = fixture.registry.broadcast(topic: "a", data: "three")
        // Who does not come back is subscribed at once.
        #expect(fresh.written.dropFirst() == ["id: 2\ndata: two\n\n", "id: 3\ndata: three\n\n"])
        let between = faults.isEmpty ? ["id: 2\ndata: two\n\n"] : []
        #expect(
            Array(resumed.written.dropFirst()) == ["id: 1\ndata: one\n\n"] + between + ["id: 3\ndata: three\n\n"]
        )
    }

    @Test func anotherClientsTopicIsReplayed() {
        #expect(resumed("1", topics: ["b"]) == ["id: 1", "id: 2", "data: two"])
        let crossed = resumed("1", faults: [.crossSessionReplay], topics: ["b"])
        #expect(crossed == ["id: 1", "id: 2", "data: two", "id: 3", "data: three"])
        // An ID of one's own replays nobody else's events.
        #expect(resumed("1", faults: [.crossSessionReplay]) == ["id: 1", "id: 3", "data: three"])
    }

    @Test(arguments: [
        ("", ["Last-Event-ID": "1"]), ("&lastEventId=1", [:]), ("&lastEventId=0", ["Last-Event-ID": "1"]),
    ])
    func serverTakesTheIdFromFieldOrQuery(query: String, fields: [String: String]) throws {
        let fixture = try ServerFixture()
        for data in ["one", "two"] { _ = try fixture.observer.request("POST", "/broadcast?topic=a", body: data) }
        let client = try fixture.client()
        let all = fields.map { HTTPField($0.key, $0.value) }
        try client.sendRequest("GET", "/events?topics=a" + query, fields: all)
        try client.read(until: "event: connected\nid: 1\n")
        #expect(try client.read(until: "id: 2\ndata: two\n\n").contains("data: one") == false)
    }
}
