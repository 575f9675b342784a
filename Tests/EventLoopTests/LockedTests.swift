import EventLoop
import TestTurns
import Testing

@Suite(Turn.sideBySide) struct LockedTests {
    private final class Shared: Sendable {
        let count = Locked(0)
    }

    @Test func oneThreadAtATimeUsesTheValue() throws {
        let shared = Shared()
        let threads = try (0..<4).map { number in
            try OperatingSystemThread(name: "locked-\(number)") {
                for _ in 0..<10_000 { shared.count.withLock { $0 += 1 } }
            }
        }
        for thread in threads { thread.join() }
        #expect(shared.count.withLock { $0 } == 40_000)
    }

    @Test func whatTheUseThrowsIsThrownAndTheLockGivenUp() {
        struct Refused: Error {}
        let count = Locked(1)
        #expect(throws: Refused.self) {
            try count.withLock { value throws(Refused) in
                value = 2
                throw Refused()
            }
        }
        #expect(count.withLock { $0 } == 2)
    }
}
