import Record
import Testing
import Vocabulary

@testable import Load

@Suite struct DropRingTests {
    @Test func keepsTheLastInTheirOrder() {
        var ring = DropRing()
        #expect(ring.moments(since: 0).isEmpty)
        for second in 1...UInt64(DropMoment.limit + 3) { ring.note(.connected, .rst, at: second * .perSecond) }
        let moments = ring.moments(since: 5 * .perSecond)
        #expect(moments.map(\.time) == [0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
        #expect(moments.allSatisfy { $0.stage == .connected && $0.manner == .rst })
    }
}
