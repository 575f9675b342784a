import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

/// The faults of the registries, without sockets.
@Suite(Turn.sideBySide) struct RegistrationFaultTests {
    @Test func lateCloseHandlerMissesACloseInThePause() {
        let response = FakeResponse()
        let fixture = RegistryFixture(faults: [.lateCloseHandler]) { continuation in
            response.close()
            continuation()
        }
        fixture.register(response, topics: ["a"])
        #expect(fixture.registry.counts == RegistryCounts(clients: 1, timers: 1, subscriptions: 1, topics: 1))
        fixture.timers.all[0].fire()
        #expect(fixture.registry.counts == RegistryCounts())
    }

    @Test func lateCloseHandlerNoticesACloseAfterThePause() {
        let fixture = RegistryFixture(faults: [.lateCloseHandler])
        let response = FakeResponse()
        fixture.register(response, topics: ["a"])
        #expect(response.written.count == 1)
        response.close()
        #expect(fixture.registry.counts == RegistryCounts())
    }

    @Test(arguments: [[], [Fault.writeErrorSwallowed]])
    func swallowedWriteErrorKeepsTheClient(faults: [Fault]) {
        let fixture = RegistryFixture(.racy, faults: Set(faults))
        fixture.register(FakeResponse(closing: .whileHeadIsWritten), topics: ["a"])
        let alive = FakeResponse()
        fixture.register(alive, topics: ["a"])
        #expect(fixture.registry.broadcast(topic: "a", data: "x") == 1)
        #expect(fixture.registry.counts.clients == (faults.isEmpty ? 1 : 2))
        alive.close()
        for timer in fixture.timers.all { timer.fire() }
        #expect(fixture.registry.counts.clients == faults.count)
    }

    @Test(arguments: [[], [Fault.timerLeak]], FakeResponse.CloseMoment.allCases)
    func leakedTimersRunOut(faults: [Fault], moment: FakeResponse.CloseMoment) {
        let fixture = RegistryFixture(faults: Set(faults))
        let response = FakeResponse(closing: moment)
        fixture.register(response, topics: ["a"])
        response.close()
        #expect(fixture.registry.counts == RegistryCounts(timers: faults.count))
        #expect(fixture.timers.all.map(\.isSet) == [!faults.isEmpty])
        fixture.timers.all[0].fire()
        #expect(fixture.registry.counts == RegistryCounts())
    }

    @Test(arguments: FakeResponse.CloseMoment.allCases)
    func emptyTopicsStay(moment: FakeResponse.CloseMoment) {
        let fixture = RegistryFixture(faults: [.topicLeak])
        for _ in 0..<3 {
            let response = FakeResponse(closing: moment)
            fixture.register(response)
            response.close()
        }
        for timer in fixture.timers.all { timer.fire() }
        #expect(fixture.registry.counts == RegistryCounts(topics: 3))
    }

    @Test func namedTopicStaysOnce() throws {
        for faults: Set<Fault> in [[], [.topicLeak]] {
            let fixture = RegistryFixture(faults: faults)
            fixture.register(FakeResponse(), topics: ["a"])
            let id = try #require(fixture.registered.first)
            try fixture.registry.unsubscribe(id, from: ["a"])
            #expect(fixture.registry.counts.subscriptions == faults.count)
            // Its own topic, and the empty one.
            #expect(fixture.registry.counts.topics == 2 * faults.count)
        }
    }

    @Test(arguments: [[], [Fault.broadcastSkips]])
    func clientRegisteredDuringABroadcastMissesIt(faults: [Fault]) {
        let paused = Paused()
        let fixture = RegistryFixture(faults: Set(faults)) { paused.add($0) }
        let (first, second) = (FakeResponse(), FakeResponse())
        fixture.register(first, topics: ["a"])
        paused.goOn()
        fixture.register(second, topics: ["a"])
        fixture.registry.broadcast(topic: "a", data: "one") { _ in }
        // The registration was waiting before the broadcast, and ends before it where the fault holds that back.
        paused.goOn()
        fixture.registry.broadcast(topic: "a", data: "two") { _ in }
        paused.goOn()
        #expect(first.written.dropFirst() == ["id: 1\ndata: one\n\n", "id: 2\ndata: two\n\n"])
        // The number of the first event tells that a broadcast was missed, or came before.
        let start = faults.isEmpty ? 1 : 0
        #expect(second.written.first?.contains("id: \(start)\n") == true)
        #expect(second.written.dropFirst() == ["id: 2\ndata: two\n\n"])
    }

    @Test(arguments: [[], [Fault.sharedQueue]])
    func anEventGoesToOneOfThoseWhoShareAQueue(faults: [Fault]) {
        let fixture = RegistryFixture(faults: Set(faults))
        let responses = (0..<3).map { _ in FakeResponse() }
        for response in responses { fixture.register(response, topics: ["a"]) }
        for data in 1...6 {
            #expect(fixture.registry.broadcast(topic: "a", data: "\(data)") == (faults.isEmpty ? 3 : 1))
        }
        for response in responses { #expect(response.written.count == 1 + (faults.isEmpty ? 6 : 2)) }
        responses[0].close()
        for _ in 0..<4 { _ = fixture.registry.broadcast(topic: "a", data: "x") }
        for response in responses.dropFirst() { #expect(response.written.count == 1 + (faults.isEmpty ? 10 : 4)) }
    }

    @Test func contradictionsAreRefused() {
        var options = ReferenceServerOptions()
        options.faults.names = [.writeErrorSwallowed, .lateCloseHandler]
        #expect(throws: ReferenceServerError.exclusiveFaults(.lateCloseHandler, .writeErrorSwallowed)) {
            try ReferenceServer(options)
        }
        options.registry = .racy
        options.faults.names = [.lateCloseHandler]
        #expect(throws: ReferenceServerError.self) { try ReferenceServer(options) }
        options.faults.names = [.racyRegistry, .writeErrorSwallowed]
        #expect(throws: Never.self) { try ReferenceServer(options) }
    }
}
