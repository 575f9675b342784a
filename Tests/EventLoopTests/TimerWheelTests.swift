import Testing
import Vocabulary

@testable import EventLoop

@Suite struct TimerWheelTests {
    private let tick: UInt64 = 8_192

    private func popAll(_ wheel: inout TimerWheel, at now: UInt64) -> [Int] {
        var timers: [Int] = []
        while let expired = wheel.popExpired(at: now) { timers.append(expired.timer) }
        return timers
    }

    @Test func firesNeverEarlyAndAtMostATickLate() {
        var wheel = TimerWheel(startingAt: 0)
        defer { wheel.release() }
        let deadline: UInt64 = 1_000_001
        wheel.set(3, at: deadline)
        #expect(popAll(&wheel, at: deadline - 1).isEmpty)
        #expect(popAll(&wheel, at: deadline + tick) == [3])
        #expect(wheel.count == 0)
    }

    @Test func aLoneTimerIsWaitedForOnce() {
        let start: UInt64 = 5_000_000_000
        for delay in [1_000_000, 40_000_000, 3_600_000_000_000] as [UInt64] {
            var wheel = TimerWheel(startingAt: start)
            defer { wheel.release() }
            wheel.set(0, at: start + delay)
            let deadline = wheel.nextDeadline!
            #expect(deadline >= start + delay)
            #expect(wheel.popExpired(at: deadline)?.timer == 0)
        }
    }

    @Test func nextDeadlineIsNeverLaterThanTheFirstTimerByMoreThanATick() {
        var wheel = TimerWheel(startingAt: 5_000_000_000)
        defer { wheel.release() }
        wheel.set(0, at: 5_000_000_000 + 3_600_000_000_000)
        wheel.set(1, at: 5_000_000_000 + 40_000_000)
        #expect(wheel.nextDeadline! <= 5_040_000_000 + tick)
        wheel.cancel(1)
        #expect(wheel.nextDeadline! <= 3_605_000_000_000 + tick)
        wheel.cancel(0)
        #expect(wheel.nextDeadline == nil)
    }

    @Test func settingAgainMovesATimer() {
        var wheel = TimerWheel(startingAt: 0)
        defer { wheel.release() }
        wheel.set(7, at: 1_000_000)
        wheel.set(7, at: 90_000_000)
        #expect(wheel.count == 1)
        #expect(popAll(&wheel, at: 2_000_000).isEmpty)
        #expect(popAll(&wheel, at: 90_000_000 + tick) == [7])
    }

    @Test func aTimerSetInThePastIsDueInALaterTurn() {
        var wheel = TimerWheel(startingAt: 1_000_000_000)
        defer { wheel.release() }
        wheel.set(0, at: 5)
        #expect(popAll(&wheel, at: 1_000_000_000).isEmpty)
        #expect(popAll(&wheel, at: 1_000_000_000 + 2 * tick) == [0])
    }

    @Test func aTimerSetWhileTimersFireIsDueInALaterTurnHoweverLateTheLoopIs() {
        var wheel = TimerWheel(startingAt: 0)
        defer { wheel.release() }
        wheel.set(0, at: 1_000)
        wheel.set(1, at: 2_000)
        let late: UInt64 = 1_000_000_000
        var fired: [Int] = []
        while let (timer, _) = wheel.popExpired(at: late) {
            fired.append(timer)
            if fired.count < 100 { wheel.set(timer, at: 0) }
        }
        #expect(fired.sorted() == [0, 1])
        #expect(wheel.count == 2)
        #expect(popAll(&wheel, at: late + 2 * tick).sorted() == [0, 1])
    }

    /// Thousands of random operations against a dictionary that does the same the slow way.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func agreesWithASimpleModel(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var wheel = TimerWheel(startingAt: 0)
        defer { wheel.release() }
        var model: [Int: UInt64] = [:]
        var now: UInt64 = 0
        for _ in 0..<20_000 {
            switch random.next() % 4 {
            case 0, 1:
                let timer = Int(random.next() % 500)
                let deadline = now + random.next() % (1 << (random.next() % 44))
                wheel.set(timer, at: deadline)
                model[timer] = deadline
            case 2:
                let timer = Int(random.next() % 500)
                wheel.cancel(timer)
                model[timer] = nil
            default:
                now += random.next() % (1 << (random.next() % 40))
                while let (timer, deadline) = wheel.popExpired(at: now) {
                    // A deadline within the tick it was set in counts from the next one.
                    let asked = model[timer] ?? .max
                    #expect(deadline >= asked && deadline - asked <= tick)
                    #expect(deadline <= now)
                    model[timer] = nil
                }
                let overdue = model.filter { $0.value + 2 * tick < now }
                #expect(overdue.isEmpty)
            }
            #expect(wheel.count == model.count)
            if let first = model.values.min() { #expect(wheel.nextDeadline! <= max(first, now) + 2 * tick) }
        }
    }
}
