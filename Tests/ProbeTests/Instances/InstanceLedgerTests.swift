import Testing
import Vocabulary

@testable import Probe

@Suite struct InstanceLedgerTests {
    private static let start: Nanoseconds = 1_000 * .perSecond

    private func ledger(_ values: [String: Double]) -> InstanceLedger {
        var ledger = InstanceLedger(gauges: 1)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            ledger.noted(name, [.value(value)], at: Self.start)
        }
        return ledger
    }

    @Test func addsUpTheLastReadingOfEach() {
        var ledger = ledger(["a": 1, "b": 2, "c": 4])
        ledger.expect([.value(7)], at: Self.start)
        ledger.noted("b", [.value(10)], at: Self.start + 1)
        ledger.expect([.value(15)], at: Self.start + 1)
        #expect(ledger.unseen(since: Self.start + 1) == ["a", "c"])
    }

    @Test func oneThatDoesNotAnswerIsNeverASmallerSum() {
        var ledger = ledger(["a": 1, "b": 2])
        let late = Self.start + InstanceLedger.keptFor
        ledger.noted("a", [.value(1)], at: late)
        ledger.expect([.value(3)], at: late)
        ledger.noted("a", [.value(1)], at: late + 1)
        ledger.expect([.gap("INSTANCE_UNSEEN")], at: late + 1)
        ledger.noted("b", [.value(5)], at: late + 2)
        ledger.expect([.value(6)], at: late + 2)
    }

    @Test func oneIsGoneAfterManyAnswersOfOthers() {
        var ledger = ledger(["a": 1, "b": 2, "c": 4])
        let late = Self.start + InstanceLedger.keptFor
        let needed = InstanceLedger.answersUntilGone * 3
        for number in 1..<needed {
            ledger.noted(number % 2 == 0 ? "a" : "b", [.value(1)], at: late + Nanoseconds(number))
        }
        ledger.expect([.gap("INSTANCE_UNSEEN")], at: late + Nanoseconds(needed))
        ledger.noted("a", [.value(1)], at: late + Nanoseconds(needed))
        ledger.expect([.value(2)], at: late + Nanoseconds(needed))
        #expect(ledger.instances == ["a", "b"])
    }

    @Test func manyAnswersInAMomentMakeNobodyGone() {
        var ledger = ledger(["a": 1, "b": 2])
        for _ in 0..<1_000 { ledger.noted("a", [.value(1)], at: Self.start + 1) }
        ledger.expect([.value(3)], at: Self.start + 1)
    }

    @Test func whatAProcessHeldGoesWithIt() {
        var ledger = ledger(["a": 1, "b": 2])
        ledger.forget("b")
        ledger.expect([.value(1)], at: Self.start)
        ledger.forget("a")
        ledger.expect([.gap("INSTANCE_NOT_FOUND")], at: Self.start)
    }

    @Test func aGapOfOneIsAGapOfTheSum() {
        var ledger = InstanceLedger(gauges: 2)
        ledger.noted("a", [.value(1), .value(2)], at: Self.start)
        ledger.noted("b", [.gap("POINTER_NOT_FOUND"), .value(3)], at: Self.start)
        ledger.expect([.gap("POINTER_NOT_FOUND"), .value(5)], at: Self.start)
    }

    @Test func thereIsALimit() {
        var ledger = InstanceLedger(gauges: 1)
        for number in 0..<InstanceLedger.instanceLimit {
            ledger.noted("\(number)", [.value(1)], at: Self.start)
        }
        let isNoted = ledger.note("more", [.value(1)], at: Self.start)
        #expect(!isNoted)
        ledger.noted("0", [.value(1)], at: Self.start)
    }
}

extension InstanceLedger {
    /// Takes down an answer that there must be room for.
    fileprivate mutating func noted(_ instance: String, _ readings: [GaugeReading], at now: Nanoseconds) {
        let isNoted = note(instance, readings, at: now)
        #expect(isNoted)
    }

    /// Holds the sums to what they must be.
    fileprivate mutating func expect(
        _ sums: [GaugeReading],
        at now: Nanoseconds,
        location: SourceLocation = #_sourceLocation
    ) {
        let found = self.sums(at: now)
        #expect(found == sums, sourceLocation: location)
    }
}
