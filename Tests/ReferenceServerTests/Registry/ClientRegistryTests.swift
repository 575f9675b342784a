import Testing
import Vocabulary

@testable import ReferenceServer

/// What both registries do alike.
@Suite struct ClientRegistryTests {
    @Test(arguments: RegistryKind.allCases)
    func registrationSendsHeadAndFirstEvent(_ kind: RegistryKind) throws {
        let fixture = RegistryFixture(kind)
        let response = FakeResponse()
        fixture.register(response)
        let id = try #require(fixture.registered.first)
        #expect(response.heads == 1)
        #expect(response.written == ["event: connected\nid: 0\ndata: {\"id\":\"\(id)\"}\n\n"])
        #expect(fixture.registry.counts == RegistryCounts(clients: 1, timers: 1, subscriptions: 0))
        #expect(fixture.timers.all.map(\.duration) == [7])
    }

    @Test(arguments: RegistryKind.allCases)
    func closeRemovesEverything(_ kind: RegistryKind) {
        let fixture = RegistryFixture(kind)
        let response = FakeResponse()
        fixture.register(response, topics: ["a", "b"])
        #expect(fixture.registry.counts == RegistryCounts(clients: 1, timers: 1, subscriptions: 2, topics: 2))
        response.close()
        #expect(fixture.registry.counts == RegistryCounts())
        #expect(fixture.timers.all.allSatisfy { !$0.isSet })
    }

    @Test(arguments: RegistryKind.allCases)
    func inactivityRemovesAndEnds(_ kind: RegistryKind) {
        let fixture = RegistryFixture(kind)
        let response = FakeResponse()
        fixture.register(response, topics: ["a"])
        fixture.timers.all[0].fire()
        #expect(fixture.registry.counts == RegistryCounts())
        #expect(response.isEnded)
    }

    @Test(arguments: RegistryKind.allCases)
    func everyWriteRestartsTheTimer(_ kind: RegistryKind) throws {
        let fixture = RegistryFixture(kind)
        fixture.register(FakeResponse(), topics: ["a"])
        let id = try #require(fixture.registered.first)
        #expect(fixture.timers.all[0].restarts == 0)
        #expect(fixture.registry.broadcast(topic: "a", data: "x") == 1)
        #expect(fixture.timers.all[0].restarts == 1)
        fixture.registry.sent(to: id)
        #expect(fixture.timers.all[0].restarts == 2)
        #expect(fixture.registry.broadcast(topic: "other", data: "x") == 0)
        #expect(fixture.timers.all[0].restarts == 2)
    }

    @Test(arguments: RegistryKind.allCases)
    func broadcastReachesTheTopicOnly(_ kind: RegistryKind) {
        let fixture = RegistryFixture(kind)
        let responses = [FakeResponse(), FakeResponse(), FakeResponse()]
        for (response, topics) in zip(responses, [["a"], ["b"], ["a", "b"]]) {
            fixture.register(response, topics: topics)
        }
        #expect(fixture.registry.broadcast(topic: "a", data: "one\ntwo") == 2)
        #expect(responses.map(\.written.count) == [2, 1, 2])
        #expect(responses[0].written.last == "id: 1\ndata: one\ndata: two\n\n")
    }

    @Test(arguments: RegistryKind.allCases)
    func failedWriteRemovesTheClient(_ kind: RegistryKind) {
        let fixture = RegistryFixture(kind)
        let (alive, ended) = (FakeResponse(), FakeResponse())
        fixture.register(alive, topics: ["a"])
        fixture.register(ended, topics: ["a"])
        ended.end()
        #expect(fixture.registry.broadcast(topic: "a", data: "x") == 1)
        #expect(fixture.registry.counts == RegistryCounts(clients: 1, timers: 1, subscriptions: 1, topics: 1))
    }

    @Test(arguments: RegistryKind.allCases)
    func subscriptionsAreCountedOnce(_ kind: RegistryKind) throws {
        let fixture = RegistryFixture(kind)
        fixture.register(FakeResponse())
        let id = try #require(fixture.registered.first)
        try fixture.registry.subscribe(id, to: ["a", "b", "a"])
        try fixture.registry.subscribe(id, to: ["b"])
        #expect(fixture.registry.counts.subscriptions == 2)
        try fixture.registry.unsubscribe(id, from: ["b", "c"])
        #expect(fixture.registry.counts.subscriptions == 1)
        try fixture.registry.unsubscribe(id, from: ["a"])
        #expect(fixture.registry.counts.subscriptions == 0)
        #expect(fixture.registry.broadcast(topic: "a", data: "x") == 0)
    }

    @Test(arguments: RegistryKind.allCases)
    func refusalsChangeNothing(_ kind: RegistryKind) throws {
        let fixture = RegistryFixture(kind)
        fixture.register(FakeResponse(), topics: ["a"])
        let id = try #require(fixture.registered.first)
        let many = (0..<ClientRegistryLimits.topicsPerClient).map { "topic-\($0)" }
        #expect(throws: RegistryError.topicLimit) { try fixture.registry.subscribe(id, to: many) }
        #expect(throws: RegistryError.unknownClient) { try fixture.registry.subscribe(ClientID(), to: ["a"]) }
        #expect(throws: RegistryError.unknownClient) { try fixture.registry.unsubscribe(ClientID(), from: ["a"]) }
        #expect(fixture.registry.counts.subscriptions == 1)
    }
}
