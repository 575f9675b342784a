import Testing
import Vocabulary

@testable import Load

@Suite struct ReceiptWindowTests {
    /// A window with its words, and what it has reported.
    private final class Stream {
        var window: ReceiptWindow
        let words: Int
        let bits: UnsafeMutablePointer<UInt64>
        var missing: [UInt32] = []

        init(after latest: UInt32 = 0, words: Int = 2) {
            window = ReceiptWindow(after: latest, words: words)
            self.words = words
            bits = .allocate(capacity: words)
            bits.initialize(repeating: 0, count: words)
        }

        deinit { bits.deallocate() }

        @discardableResult func take(_ sequence: UInt32) -> ReceiptWindow.Receipt {
            window.take(sequence, bits, words: words) { missing.append($0) }
        }

        func finish(through latest: UInt32) {
            window.finish(through: latest, bits, words: words) { missing.append($0) }
        }
    }

    @Test func everythingInOrderLeavesNothingMissing() {
        let stream = Stream()
        for sequence in 1...1_000 as ClosedRange<UInt32> { #expect(stream.take(sequence) == .fresh) }
        stream.finish(through: 1_000)
        #expect(stream.missing.isEmpty)
    }

    @Test func aGapIsReportedOnceAndWhenItLeavesTheWindow() {
        let stream = Stream()
        for sequence in 1...100 as ClosedRange<UInt32> where sequence != 40 { stream.take(sequence) }
        #expect(stream.missing.isEmpty, "it may still come")
        for sequence in 101...200 as ClosedRange<UInt32> { stream.take(sequence) }
        #expect(stream.missing == [40])
        stream.finish(through: 200)
        #expect(stream.missing == [40])
    }

    @Test func theTailIsReportedAtTheEnd() {
        let stream = Stream()
        for sequence in 1...10 as ClosedRange<UInt32> where sequence != 3 { stream.take(sequence) }
        stream.finish(through: 300)
        #expect(stream.missing == [3] + Array(11...300))
    }

    @Test func aSilentStreamMissesAllThatCameAfterItsBeginning() {
        let stream = Stream(after: 500)
        stream.finish(through: 503)
        #expect(stream.missing.suffix(3) == [501, 502, 503])
        #expect(stream.missing.first == 384, "two blocks: what was under way as it began may be owed")
    }

    @Test func duplicatesAndStaleOnesAreTold() {
        let stream = Stream()
        #expect(stream.take(70) == .fresh)
        #expect(stream.take(69) == .fresh)
        #expect(stream.take(70) == .duplicate)
        #expect(stream.take(300) == .fresh)
        #expect(stream.take(70) == .stale)
        #expect(stream.take(299) == .fresh)
        #expect(stream.missing == (1..<192).filter { $0 != 69 && $0 != 70 })
    }

    /// Whatever comes in whatever order, each message is either taken or reported, and never twice.
    @Test(arguments: [2, 4, 16])
    func nothingIsForgottenAndNothingCountedTwice(words: Int) {
        var random = SplitMix64(seed: UInt64(words))
        for _ in 0..<200 {
            let stream = Stream(words: words)
            var fresh: Set<UInt32> = []
            var (stale, top): (Set<UInt32>, UInt32) = ([], 0)
            for _ in 0..<300 {
                let jump = random.next() % 40 == 0 ? UInt32(random.next() % 2_000) : UInt32(random.next() % 3)
                let back = random.next() % 5 == 0 ? UInt32(random.next() % 100) : 0
                let sequence = max(1, top + jump - min(back, top))
                top = max(top, sequence)
                switch stream.take(sequence) {
                // Expectations are slow: only those that fail.
                case .fresh: if !fresh.insert(sequence).inserted { Issue.record("\(sequence) is fresh twice") }
                case .duplicate: if !fresh.contains(sequence) { Issue.record("\(sequence) is no duplicate") }
                case .stale: stale.insert(sequence)
                }
            }
            stream.finish(through: top + 7)
            #expect(Set(stream.missing).count == stream.missing.count)
            #expect(fresh.isDisjoint(with: stream.missing))
            // No message is in both and none is missing twice: so together they are all.
            #expect(fresh.count + stream.missing.count == Int(top) + 7)
            #expect((fresh.max() ?? 0) <= top && (stream.missing.max() ?? 0) <= top + 7)
            #expect(!fresh.contains(0) && !stream.missing.contains(0))
            #expect(stale.isSubset(of: 1...top))
        }
    }
}
