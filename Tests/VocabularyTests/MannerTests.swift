import Testing
import Vocabulary

@Suite struct MannerTests {
    @Test func theOrderIsThatOfAllCases() {
        #expect(Manner.allCases.map(\.order) == Array(0..<Manner.count))
        #expect(
            Manner.allCases.map(\.rawValue)
                == ["fin", "rst", "half-close", "close-notify", "alert", "stall", "vanish"]
        )
    }

    @Test func alertsNeedACompleteHello() {
        for manner in [Manner.closeNotify, .alert] {
            #expect(Stage.allCases.filter { manner.applies(at: $0, tls: true) } == Array(Stage.allCases[3...]))
            #expect(!Stage.allCases.contains { manner.applies(at: $0, tls: false) })
        }
    }

    @Test func aHalfCloseNeedsAConnection() {
        #expect(Stage.allCases.filter { Manner.halfClose.applies(at: $0, tls: true) } == Array(Stage.allCases[1...]))
    }

    @Test(arguments: [Manner.fin, .rst, .stall, .vanish])
    func theOthersApplyWhereverAConnectionComes(manner: Manner) {
        #expect(Stage.allCases.filter { manner.applies(at: $0, tls: true) } == Stage.allCases)
        #expect(Stage.allCases.filter { manner.applies(at: $0, tls: false) } == Stage.passed(tls: false))
    }
}
