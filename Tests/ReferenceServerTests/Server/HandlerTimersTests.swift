import EventLoop
import TestTurns
import Testing
import Vocabulary

@testable import ReferenceServer

@Suite(Turn.sideBySide) struct HandlerTimersTests {
    private final class Fired: Sendable {
        let names = Locked<[String]>([])

        func add(_ name: String) { names.withLock { $0.append(name) } }
        var all: [String] { names.withLock { $0 } }
    }

    private let loop: EventLoop
    private let timers: HandlerTimers
    private let fired = Fired()

    init() throws {
        loop = try EventLoop()
        timers = HandlerTimers(on: loop)
    }

    /// Turns the loop until so many timers have fired, or none is left.
    private func turn(until count: Int) throws {
        while fired.all.count < count, loop.timers.count > 0 {
            try loop.turn { if case .expired(let timer, _) = $0 { timers.expired(timer) } }
        }
    }

    private func start(_ name: String, after duration: Nanoseconds) -> any InactivityTimer {
        timers.start(after: duration) { [fired] in fired.add(name) }
    }

    @Test func timersFireInOrderAndOnce() throws {
        _ = start("late", after: 3 * .perMillisecond)
        _ = start("early", after: 1 * .perMillisecond)
        timers.run(after: 2 * .perMillisecond) { [fired] in fired.add("between") }
        try turn(until: 4)
        #expect(fired.all == ["early", "between", "late"])
        #expect(loop.timers.count == 0)
    }

    @Test func cancelledTimerDoesNotFireAndFreesItsSlot() throws {
        let first = start("cancelled", after: 1 * .perMillisecond)
        first.cancel()
        first.cancel()
        _ = start("second", after: 1 * .perMillisecond)
        _ = start("third", after: 2 * .perMillisecond)
        // Late calls must not touch whoever has the slot now.
        first.cancel()
        first.restart()
        try turn(until: 3)
        #expect(fired.all == ["second", "third"])
    }

    @Test func restartedTimerFiresAfterItsWholeDuration() throws {
        let timer = start("restarted", after: 20 * .perMillisecond)
        _ = start("other", after: 10 * .perMillisecond)
        try turn(until: 1)
        timer.restart()
        let restarted = MonotonicClock.now()
        try turn(until: 2)
        #expect(fired.all == ["other", "restarted"])
        // Never early, whatever the machine's load.
        #expect(loop.turnStarted >= restarted + 20 * .perMillisecond - .perMillisecond)
    }

    @Test func firedTimerIsDeafToCancel() throws {
        let first = start("first", after: 1)
        try turn(until: 1)
        let second = start("second", after: 1)
        first.cancel()
        try turn(until: 2)
        #expect(fired.all == ["first", "second"])
        second.cancel()
    }

    @Test func farthestDurationIsSafe() throws {
        let timer = start("never", after: .max)
        timer.restart()
        _ = start("soon", after: 1)
        try turn(until: 1)
        #expect(fired.all == ["soon"])
        timer.cancel()
        timers.removeAll()
    }
}
