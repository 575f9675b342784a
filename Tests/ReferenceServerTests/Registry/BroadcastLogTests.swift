import Testing

@testable import ReferenceServer

@Suite struct BroadcastLogTests {
    private func numbers(_ log: BroadcastLog, after last: UInt64) -> [String] {
        log.missed(after: last, topics: ["a"], faults: Faults()).compactMap { event in
            String(decoding: event.body, as: UTF8.self).split(separator: "\n").first.map { String($0.dropFirst(4)) }
        }
    }

    @Test func lastEventsAreKept() {
        var log = BroadcastLog()
        let count = 3 * ClientRegistryLimits.keptEvents
        for _ in 0..<count { _ = log.append(topic: "a", data: "", faults: Faults()) }
        #expect(log.latest == UInt64(count))
        let first = count - ClientRegistryLimits.keptEvents + 1
        #expect(numbers(log, after: 0) == (first...count).map(String.init))
        #expect(numbers(log, after: UInt64(count - 2)) == ["\(count - 1)", "\(count)"])
    }

    @Test func bytesAreLimited() {
        var log = BroadcastLog()
        let long = String(repeating: "x", count: ClientRegistryLimits.keptBytes / 2 - 100)
        for _ in 0..<5 { _ = log.append(topic: "a", data: long, faults: Faults()) }
        #expect(numbers(log, after: 0) == ["4", "5"])
        _ = log.append(topic: "a", data: long + long + long, faults: Faults())
        #expect(numbers(log, after: 0).isEmpty)
        _ = log.append(topic: "a", data: "short", faults: Faults())
        #expect(numbers(log, after: 0) == ["7"])
    }
}
