import Testing
import Vocabulary

@testable import ReferenceServer

@Suite struct RacyRegistryTests {
    /// The moments between the registration of the close handler and the insertion.
    static let window: [FakeResponse.CloseMoment] = [
        .whileHandlerIsRegistered, .whileHeadIsWritten, .whileFirstEventIsWritten,
    ]

    @Test(arguments: window)
    func closeInTheWindowLeaksForEver(_ moment: FakeResponse.CloseMoment) {
        let fixture = RegistryFixture(.racy)
        fixture.register(FakeResponse(closing: moment))
        #expect(fixture.registry.counts == RegistryCounts(clients: 1, timers: 0, subscriptions: 0))
        // Neither the inactivity timer nor any broadcast finds it.
        for timer in fixture.timers.all { timer.fire() }
        #expect(fixture.registry.broadcast(topic: "a", data: "x") == 0)
        #expect(fixture.registry.counts.clients == 1)
    }

    @Test(arguments: window)
    func leakedClientWithATopicStaysUntilABroadcast(_ moment: FakeResponse.CloseMoment) {
        let fixture = RegistryFixture(.racy)
        fixture.register(FakeResponse(closing: moment), topics: ["a"])
        #expect(fixture.registry.counts == RegistryCounts(clients: 1, timers: 0, subscriptions: 1, topics: 1))
        #expect(fixture.registry.broadcast(topic: "b", data: "x") == 0)
        #expect(fixture.registry.counts.clients == 1)
        #expect(fixture.registry.broadcast(topic: "a", data: "x") == 0)
        #expect(fixture.registry.counts == RegistryCounts())
    }

    @Test func laterSubscribeFindsTheDeadClient() throws {
        let fixture = RegistryFixture(.racy)
        fixture.register(FakeResponse(closing: .whileHandlerIsRegistered))
        try fixture.registry.subscribe(try #require(fixture.registered.first), to: ["late"])
        #expect(fixture.registry.counts.subscriptions == 1)
        #expect(fixture.registry.broadcast(topic: "late", data: "x") == 0)
        #expect(fixture.registry.counts == RegistryCounts())
    }

    @Test func closeWithinThePauseLeaks() {
        let response = FakeResponse()
        let fixture = RegistryFixture(.racy) { continuation in
            response.close()
            continuation()
        }
        fixture.register(response)
        #expect(fixture.registry.counts == RegistryCounts(clients: 1, timers: 0, subscriptions: 0))
    }

    @Test func closeBeforeTheHandlerIsBoundedByTheTimer() {
        let fixture = RegistryFixture(.racy)
        fixture.register(FakeResponse(closing: .beforeRegistration))
        #expect(fixture.registry.counts == RegistryCounts(clients: 1, timers: 1, subscriptions: 0))
        fixture.timers.all[0].fire()
        #expect(fixture.registry.counts == RegistryCounts())
    }
}
