import Testing
import Vocabulary

@Suite struct LatencyTests {
    @Test func theOrderIsThatOfAllCases() {
        #expect(Latency.allCases.map(\.order) == Array(0..<Latency.allCases.count))
    }

    /// A record holds these in an array, by their order.
    @Test func thoseOfEveryLoadComeFirst() {
        #expect(Latency.ofEveryLoad.map(\.order) == Array(0..<Latency.ofEveryLoad.count))
    }

    @Test func theNamesAreThoseOfProfilesAndReports() {
        let names = [
            "connect", "tlsHandshake", "timeToHeaders", "timeToFirstEvent", "event", "gap", "timeToFirstToken",
        ]
        #expect(Latency.allCases.map(\.rawValue) == names)
        #expect(Latency.allCases.map(\.stringValue) == names)
    }

    @Test func noAttemptIsOwedWhatAScenarioMustAskFor() {
        #expect(Latency.allCases.allSatisfy { $0.needs == .nothing || $0.reached == nil })
        #expect(Latency.timeToHeaders.reached == .responseStarted)
    }
}
