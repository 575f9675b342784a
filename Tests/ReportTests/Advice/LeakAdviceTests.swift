import Testing
import Vocabulary

@testable import Report

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
        let leak = Fixture.leak("clients", .requestSent, .fin, `class`, leaked: 1)
        #expect(LeakAdvice.look(leak).hasPrefix(LeakAdvice.place(.requestSent, .fin)))
        #expect(LeakAdvice.look(leak).count < 800)
        #expect(!LeakAdvice.matters(`class`).isEmpty)
    }
}
