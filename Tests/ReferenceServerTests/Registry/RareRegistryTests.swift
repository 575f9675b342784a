import Testing
import Vocabulary

@testable import ReferenceServer

@Suite struct RareRegistryTests {
    /// A registry of which a share of the registrations goes wrong.
    private func registry(_ share: Double, pause: @escaping RegistrationPause = { $0() }) -> any ClientRegistry {
        var faults = Faults([.racyRegistry])
        faults.share = share
        return faults.registry(over: ClientMaps(timers: FakeTimers(), inactivity: 7, faults: faults, pause: pause))
    }

    @Test(arguments: [(0, 0), (0.01, 10), (0.1, 100), (0.25, 250), (1, 1_000)] as [(Double, Int)])
    func asManyClientsLeakAsTheShareSays(share: Double, leaked: Int) {
        let registry = registry(share)
        for _ in 0..<1_000 { registry.register(FakeResponse(closing: .whileHeadIsWritten), for: .init()) { _ in } }
        #expect(registry.counts.clients == leaked)
    }

    @Test func itIsEveryNth() {
        let registry = registry(0.25)
        let counts = (0..<8).map { _ in
            registry.register(FakeResponse(closing: .whileHeadIsWritten), for: .init()) { _ in }
            return registry.counts.clients
        }
        #expect(counts == [0, 0, 0, 1, 1, 1, 1, 2])
    }

    @Test func clientsOfBothOrdersAreServedAlike() {
        let registry = registry(0.5)
        let responses = (0..<4).map { _ in FakeResponse() }
        for response in responses {
            registry.register(response, for: .init(topics: ["a"])) { try? registry.subscribe($0, to: ["a"]) }
        }
        #expect(registry.broadcast(topic: "a", data: "x") == 4)
        for response in responses { response.close() }
        #expect(registry.counts == RegistryCounts())
    }
}
