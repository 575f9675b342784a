import Testing
import Vocabulary

@testable import ReferenceServer

@Suite struct FixedRegistryTests {
    @Test(arguments: FakeResponse.CloseMoment.allCases.filter { $0 != .never }, [[], ["a"]])
    func closeLeaksAtNoMoment(_ moment: FakeResponse.CloseMoment, topics: [String]) {
        let fixture = RegistryFixture(.fixed)
        fixture.register(FakeResponse(closing: moment), topics: topics)
        #expect(fixture.registry.counts == RegistryCounts())
        #expect(fixture.timers.all.allSatisfy { !$0.isSet })
    }

    @Test func closeWithinThePauseDoesNotLeak() {
        let response = FakeResponse()
        let fixture = RegistryFixture(.fixed) { continuation in
            response.close()
            continuation()
        }
        fixture.register(response, topics: ["a"])
        #expect(fixture.registry.counts == RegistryCounts())
    }

    @Test func clientIsKnownThroughoutThePause() {
        let hook = Hook()
        let fixture = RegistryFixture(.fixed) { continuation in
            hook.run?()
            continuation()
        }
        let registry = fixture.registry
        hook.run = { #expect(registry.counts == RegistryCounts(clients: 1, timers: 1, subscriptions: 0)) }
        fixture.register(FakeResponse())
        #expect(registry.counts.clients == 1)
    }

    @Test func inactivityWithinThePauseLeavesNothing() {
        let hook = Hook()
        let fixture = RegistryFixture(.fixed) { continuation in
            hook.run?()
            continuation()
        }
        let timers = fixture.timers
        hook.run = { for timer in timers.all { timer.fire() } }
        let response = FakeResponse()
        fixture.register(response, topics: ["a"])
        #expect(fixture.registry.counts == RegistryCounts())
        #expect(response.isEnded)
    }

    /// What is done within the pause; set once the registry stands.
    private final class Hook: @unchecked Sendable {
        var run: (() -> Void)?
    }
}
