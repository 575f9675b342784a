import EventLoop
import TestTurns
import Testing

@testable import Probe

@Suite(Turn.sideBySide) struct MonitorTests {
    @Test func waitsForAChangeOfAnotherThread() throws {
        let monitor = Monitor(0)
        let thread = try OperatingSystemThread(name: "changer") {
            for _ in 0..<100 { monitor.change { $0 += 1 } }
        }
        let seen: Int? = monitor.wait(until: .max) { $0 == 100 ? $0 : nil }
        #expect(seen == 100)
        thread.join()
    }

    @Test func stopsWaitingAtTheDeadline() {
        let monitor = Monitor(0)
        let seen: Int? = monitor.wait(until: MonotonicClock.now()) { _ in nil }
        #expect(seen == nil)
    }
}
