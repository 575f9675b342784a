import Testing
import Vocabulary

@testable import Verdict

@Suite struct LeakAdviceTests {
    @Test(arguments: Stage.allCases)
    func everyStageTellsWhereToLook(stage: Stage) {
        let text = LeakAdvice.place(stage, .rst)
        #expect(text.contains("\(stage.rawValue) (rst)"))
        #expect(text.contains("Look at"))
        #expect(!LeakAdvice.place(stage, nil).contains("("))
    }

    @Test(arguments: LeakClass.allCases)
    func everyClassTellsWhatCleansUp(class: LeakClass) {
        let leak = Made.leak("clients", .requestSent, .fin, `class`, leaked: 1)
        #expect(LeakAdvice.look([leak]).hasPrefix(LeakAdvice.place(.requestSent, .fin)))
        #expect(LeakAdvice.look([leak]).count < 800)
        #expect(!LeakAdvice.matters(`class`).isEmpty)
    }

    @Test(arguments: Manner.allCases)
    func whatLeaksAtSeveralStagesIsNamedByAll(manner: Manner) {
        let leaks = [Stage.streaming, .requestSent, .firstEvent].map {
            Made.leak("clients", $0, manner, .permanent, leaked: 1)
        }
        let text = LeakAdvice.look(leaks)
        #expect(
            text.hasPrefix("Clients stay that leave at any of 3 stages (\(manner.rawValue)), from request-sent on.")
        )
        #expect(text.hasSuffix("so the close itself must."))
    }

    @Test func severalMannersAtOneStageAreNamedByNone() {
        let leaks = [Manner.fin, .rst].map { Made.leak("clients", .requestSent, $0, .bounded, leaked: 1) }
        #expect(LeakAdvice.look(leaks).hasPrefix(LeakAdvice.place(.requestSent, nil)))
    }
}
