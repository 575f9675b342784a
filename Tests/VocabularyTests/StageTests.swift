import Testing
import Vocabulary

@Suite struct StageTests {
    @Test func theOrderIsThatOfAllCases() {
        #expect(Stage.allCases.map(\.order) == Array(0..<Stage.allCases.count))
        #expect(Stage.allCases.sorted() == Stage.allCases)
    }

    @Test func theNamesAreThoseOfTheProfile() {
        #expect(
            Stage.allCases.map(\.rawValue) == [
                "connecting", "connected", "tls-hello-partial", "tls-hello-sent", "tls-hello-received",
                "tls-finished-withheld", "tls-established", "request-partial", "request-sent", "response-started",
                "headers-received", "stream-started", "first-event", "streaming",
            ]
        )
    }

    @Test func plainConnectionsPassNoStageOfTLS() {
        #expect(Stage.passed(tls: true) == Stage.allCases)
        #expect(Stage.passed(tls: false).map(\.order) == [0, 1, 7, 8, 9, 10, 11, 12, 13])
    }
}
