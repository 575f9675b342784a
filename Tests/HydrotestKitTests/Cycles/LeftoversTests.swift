import Testing
import Vocabulary

@testable import HydrotestKit

@Suite struct LeftoversTests {
    private func leftovers(inactivity: Nanoseconds? = 10 * .perSecond) -> Leftovers {
        Leftovers(inactivity: inactivity, margin: 1 * .perSecond, gauges: ["state.clients"])
    }

    @Test func whatMayFallInTheNextCycleIsWaitedFor() {
        var leftovers = leftovers()
        leftovers.note(["state.clients": 5], from: 2, to: 3)
        leftovers.note(["state.clients": 5], from: 4, to: 5)
        #expect(leftovers.wait(before: 11.9) == nil)
        #expect(leftovers.wait(before: 12.5) == 16)
        leftovers.waited(before: ["state.clients": 10], after: ["state.clients": 0])
        #expect(leftovers.wait(before: 100) == nil)
        leftovers.note(["state.clients": 5], from: 20, to: 21)
        #expect(leftovers.wait(before: 30) == 32)
    }

    @Test func aGaugeThatDoesNotFallIsWaitedForOnce() {
        var leftovers = leftovers()
        leftovers.note(["state.clients": 5], from: 2, to: 3)
        leftovers.waited(before: ["state.clients": 5], after: ["state.clients": 5])
        leftovers.note(["state.clients": 5], from: 20, to: 21)
        #expect(leftovers.wait(before: 100) == nil)
    }

    @Test func fallsOtherGaugesAndUnknownTimeoutsAreNotWaitedFor() {
        var leftovers = leftovers()
        leftovers.note(["state.clients": -5, "process.rss": 4096], from: 2, to: 3)
        #expect(leftovers.wait(before: 100) == nil)
        var unknown = self.leftovers(inactivity: nil)
        unknown.note(["state.clients": 5], from: 2, to: 3)
        #expect(unknown.wait(before: 100) == nil)
    }
}
