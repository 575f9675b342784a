import Record
import Testing
import Vocabulary

@Suite struct DropCountTests {
    @Test func mergedSumsCellsInOrderOfStageAndManner() {
        let left = [
            DropCount(stage: .streaming, manner: .fin, count: 1),
            DropCount(stage: .requestSent, manner: .rst, count: 2),
        ]
        let right = [
            DropCount(stage: .requestSent, manner: .fin, count: 4),
            DropCount(stage: .requestSent, manner: .rst, count: 8),
        ]
        let expected = [
            DropCount(stage: .requestSent, manner: .fin, count: 4),
            DropCount(stage: .requestSent, manner: .rst, count: 10),
            DropCount(stage: .streaming, manner: .fin, count: 1),
        ]
        #expect(DropCount.merged(left, right) == expected)
        #expect(DropCount.merged(right, left) == expected)
    }

    @Test func mergedOfNothingIsNothing() {
        #expect(DropCount.merged([], []).isEmpty)
    }
}
