import Foundation
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct SelftestMatrixTests {
    private let right = [
        MadeResult.of(.clean), MadeResult.of(.fault(.timerLeak), showing: .timerLeak),
        MadeResult.of(.fault(.timerLeak), showing: .timerLeak, seed: 2),
    ]

    private func matrix(_ results: [SelftestResult]) -> SelftestMatrix {
        SelftestMatrix(results, planned: results.count)
    }

    @Test func whatIsRightPasses() {
        let matrix = self.matrix(right)
        #expect(matrix.passed)
        #expect(matrix.rows.map(\.server) == ["timer-leak", "clean"])
        #expect(matrix.rows[0].cases == 2)
        #expect(matrix.rows[0].found == 2)
        #expect(matrix.rows[0].missed == 0)
        #expect(matrix.rows[0].seconds == 2)
        #expect(matrix.rows[1].found == nil)
    }

    @Test func aMissFails() {
        let matrix = self.matrix(right + [MadeResult.of(.fault(.timerLeak), seed: 3)])
        #expect(!matrix.passed)
        #expect(matrix.rows[0].found == 2)
        #expect(matrix.rows[0].missed == 1)
        #expect(matrix.rows[0].falselyAccused.isEmpty)
    }

    @Test func anotherNameIsAMissAndAFalseAccusation() {
        let matrix = self.matrix(right + [MadeResult.of(.fault(.timerLeak), showing: .slotBeforeBody, seed: 3)])
        #expect(!matrix.passed)
        #expect(matrix.rows[0].missed == 1)
        #expect(matrix.rows[0].falselyAccused == ["slot-before-body": 1])
    }

    @Test func anAccusationOfTheCleanServerFails() {
        let matrix = self.matrix(right + [MadeResult.of(.cleanWithNeighbour, showing: .slotBeforeBody)])
        #expect(!matrix.passed)
        #expect(matrix.rows[2].falselyAccused == ["slot-before-body": 1])
    }

    @Test func whatWasNotCarriedOutFails() {
        #expect(!matrix(right + [MadeResult.of(.clean, seed: 2, failure: "no thread left")]).passed)
        #expect(!matrix([]).passed)
    }

    @Test func whatWasCutShortIsNoProof() {
        let matrix = SelftestMatrix(right, planned: 4)
        #expect(!matrix.passed)
        #expect(SelftestText(matrix, untried: []).lines.last == "FAIL  only 3 of 4 cases were carried out")
    }

    @Test func theTextIsReadAtAGlance() {
        let lines = SelftestText(matrix(right), untried: [.crossSessionReplay]).lines
        #expect(
            lines == [
                "switched on  cases  found  missed  seconds  falsely accused of",
                "timer-leak       2      2       0     2.00  –",
                "clean            1      –       –     2.00  –",
                "not yet detectable: cross-session-replay: needs a look at whose events are replayed: hydrotest fuzz",
                "PASS  3 cases: each fault found by its own name, the clean server never accused",
            ]
        )
    }

    @Test func theTextNamesWhatIsWrong() {
        let results = right + [MadeResult.of(.fault(.timerLeak), showing: .slotBeforeBody, seed: 3)]
        let lines = SelftestText(matrix(results), untried: []).lines
        #expect(lines[1].hasSuffix("slot-before-body (1)"))
        #expect(lines.last == "FAIL  4 cases; not as they should be: timer-leak")
    }

    @Test func theDocumentIsReadAsItWasWritten() throws {
        let results = right + [MadeResult.of(.clean, showing: .slotBeforeBody, seed: 2)]
        let document = SelftestDocument(results, planned: 4, untried: [.crossSessionReplay], seconds: 8)
        #expect(!document.passed)
        #expect(
            document.notYetDetectable == ["cross-session-replay": "a look at whose events are replayed: hydrotest fuzz"]
        )
        #expect(document.cases.map(\.right) == [true, true, true, false])
        #expect(document.cases[3].found == ["slot-before-body"])
        #expect(try JSONDecoder().decode(SelftestDocument.self, from: document.json()) == document)
    }
}
