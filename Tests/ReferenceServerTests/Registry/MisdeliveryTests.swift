import Testing

@testable import ReferenceServer

@Suite struct MisdeliveryTests {
    @Test func eachNumberIsReachedAndNotExceeded() {
        var misdelivery = Misdelivery(lose: 3, repeats: 5)
        var (never, twice): ([Int], [Int]) = ([], [])
        for delivery in 1...2_000 {
            switch misdelivery.next() {
            case .never: never.append(delivery)
            case .twice: twice.append(delivery)
            case .once: break
            }
        }
        #expect(never == [101, 202, 303])
        #expect(twice == [50, 151, 252, 353, 454])
        #expect(!misdelivery.isDue)
    }

    @Test func aBroadcastMisdeliversToThoseThatAreThere() {
        var faults = Faults()
        faults.lose = 2
        faults.repeats = 1
        let registry = FixedRegistry(ClientMaps(timers: FakeTimers(), inactivity: 7, faults: faults))
        let responses = (0..<40).map { _ in FakeResponse() }
        for response in responses {
            registry.register(response, for: EventStreamRequest(topics: ["a"], lastEventID: nil)) { id in
                try? registry.subscribe(id, to: ["a"])
            }
        }
        for _ in 0..<20 { registry.broadcast(topic: "a", data: "x") { #expect($0 == 40) } }
        let written = responses.map { $0.written.count - 1 }
        let total = written.reduce(0, +)
        #expect(total == 799)
        let wrong = written.count { $0 != 20 }
        #expect(wrong >= 1)
    }
}
