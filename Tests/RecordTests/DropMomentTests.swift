import Record
import Testing
import Vocabulary

@Suite struct DropMomentTests {
    @Test func theLastOfTwoListsAreKeptInTheirOrder() {
        func drops(_ times: some Sequence<Double>) -> [DropMoment] {
            times.map { DropMoment(stage: .requestSent, manner: .fin, time: $0) }
        }
        let merged = DropMoment.merged(drops([1, 3, 5]), drops([2, 4]))
        #expect(merged == drops([1, 2, 3, 4, 5]))
        let many = DropMoment.merged(drops((0..<10).map(Double.init)), drops((10..<20).map(Double.init)))
        #expect(many == drops((10..<20).map(Double.init)))
        var record = LoadRecord()
        #expect(record.lastDrops == nil)
        var other = LoadRecord()
        other.lastDrops = drops([1])
        record.merge(other)
        record.merge(LoadRecord())
        #expect(record.lastDrops == drops([1]))
    }
}
