import Testing
import Vocabulary

@Suite struct SaturatingTests {
    @Test(arguments: [
        (0 as UInt64, 0 as UInt64, 0 as UInt64), (2, 3, 5), (.max - 1, 1, .max), (.max, 1, .max), (.max, .max, .max),
    ])
    func sumsStayAtTheLargestNumber(left: UInt64, right: UInt64, sum: UInt64) {
        #expect(left.saturatingAdding(right) == sum)
        #expect(right.saturatingAdding(left) == sum)
        var total = left
        total.saturatingAdd(right)
        #expect(total == sum)
    }
}
