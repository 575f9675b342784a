import Testing
import Vocabulary

@testable import ReferenceServer

@Suite struct CompletionProducerTests {
    private let timers = FakeTimers()
    private let metrics = ServerMetrics()

    private func start(_ response: FakeResponse, tokens: Int = 3, faults: Set<Fault> = []) {
        CompletionProducer(
            response,
            tokens: tokens,
            rate: 0.01,
            timers: timers,
            faults: Faults(faults),
            metrics: metrics
        ).start()
    }

    /// Fires the timers, and those that are started meanwhile.
    private func fireAll() {
        var next = 0
        while next < timers.all.count {
            timers.all[next].fire()
            next += 1
        }
    }

    @Test func tokensComeInOpenAIsFormat() throws {
        let response = FakeResponse()
        start(response)
        // The head and the role leave before the first token.
        #expect(response.heads == 1)
        #expect(response.written.count == 1)
        #expect(metrics.producers.value == 1)
        fireAll()
        let events = response.written
        #expect(events.count == 6)
        #expect(events.allSatisfy { $0.hasPrefix("data: ") && $0.hasSuffix("\n\n") })
        #expect(events.first?.contains("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}") == true)
        #expect(events.dropFirst().first?.contains("\"delta\":{\"content\":\"Water\"},\"finish_reason\":null") == true)
        #expect(events.dropFirst(2).first?.contains("\"delta\":{\"content\":\" finds\"}") == true)
        #expect(events.dropLast().last?.contains("\"delta\":{},\"finish_reason\":\"stop\"") == true)
        #expect(events.last == "data: [DONE]\n\n")
        #expect(response.isEnded)
        #expect(metrics.producers.value == 0)
    }

    @Test func productionStopsWhenTheClientGoes() {
        let response = FakeResponse()
        start(response)
        timers.all[0].fire()
        response.close()
        #expect(metrics.producers.value == 0)
        #expect(timers.all.count == 2)
        #expect(timers.all.allSatisfy { !$0.isSet })
    }

    @Test func faultyProductionGoesOn() {
        let response = FakeResponse()
        start(response, faults: [.generatorRunsOn])
        response.close()
        #expect(metrics.producers.value == 1)
        timers.all[0].fire()
        #expect(metrics.producers.value == 1)
        fireAll()
        #expect(timers.all.count == 3)
        #expect(metrics.producers.value == 0)
        #expect(response.written.count == 1)
    }

    @Test(arguments: [FakeResponse.CloseMoment.beforeRegistration, .whileHandlerIsRegistered, .whileHeadIsWritten])
    func clientThatIsGoneAtTheStartGetsNothing(moment: FakeResponse.CloseMoment) {
        let response = FakeResponse(closing: moment)
        start(response)
        #expect(metrics.producers.value == 0)
        #expect(timers.all.isEmpty)
    }

    @Test func closeWithTheFirstWriteCancelsTheTimer() {
        let response = FakeResponse(closing: .whileFirstEventIsWritten)
        start(response)
        #expect(metrics.producers.value == 0)
        #expect(timers.all.allSatisfy { !$0.isSet })
    }
}
