import Testing
import Vocabulary

@Suite struct LeakClassTests {
    @Test func whatOutlivesTheSettleTimeIsALeak() {
        #expect(LeakClass.allCases.filter(\.isLeak) == [.bounded, .untilBroadcast, .permanent])
    }
}
