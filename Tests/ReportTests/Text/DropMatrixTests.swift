import Record
import Testing
import Vocabulary

@testable import Report

@Suite struct DropMatrixTests {
    @Test func rowsAndColumnsStandInOrder() {
        let matrix = DropMatrix([
            DropCount(stage: .streaming, manner: .rst, count: 5), DropCount(stage: .connected, manner: .fin, count: 3),
            DropCount(stage: .connected, manner: .rst, count: 2),
        ])
        #expect(matrix.stages == [.connected, .streaming])
        #expect(matrix.manners == [.fin, .rst])
        #expect(matrix.count(.connected, .rst) == 2)
        #expect(matrix.count(.streaming, .fin) == nil)
        #expect(matrix.total(.connected) == 5)
        #expect(matrix.largest == 5)
    }

    @Test func totalsDoNotOverflow() {
        let matrix = DropMatrix([
            DropCount(stage: .connected, manner: .fin, count: .max),
            DropCount(stage: .connected, manner: .rst, count: 1),
        ])
        #expect(matrix.total(.connected) == .max)
    }
}
