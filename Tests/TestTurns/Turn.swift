import Foundation
import Synchronization
import Testing

/// Whether a test runs beside others: most wait for a server's timers, some fill the processors and would disturb others.
///
/// The tests block their threads, so each has one of its own: those of Swift's pool are as few as the processors.
public enum Turn: TestTrait, SuiteTrait, TestScoping {
    /// With no other.
    case alone
    /// With some others; also the tests of one suite among themselves.
    case sideBySide

    /// Tests that run at once.
    private static let places = 5
    private static let waiting = Turns(places: places)

    /// A suite gives its turn to each of its tests.
    public var isRecursive: Bool { true }

    /// Waits for the turn, and runs the test on a thread of its own.
    public func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        // A test's own turn, or its suite's, counts for that of the suites around.
        guard test.traits.compactMap({ $0 as? Turn }).last == self else { return try await function() }
        let places = self == .alone ? Self.places : 1
        await Self.waiting.take(places)
        defer { Self.waiting.giveBack(places) }
        try await withTaskExecutorPreference(OwnThread()) { try await function() }
    }
}

/// Runs each part of a task on a thread of its own.
private final class OwnThread: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let thread = Thread { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        // What the tests need, and as much as the main thread has.
        thread.stackSize = 8 << 20
        thread.start()
    }
}

/// Places that tests take; whoever wants all of them comes first, as nobody waits for those who run alone any more then.
private final class Turns: Sendable {
    private struct State {
        var free: Int
        var queue: [(places: Int, go: CheckedContinuation<Void, Never>)] = []
    }

    private let state: Mutex<State>

    init(places: Int) { state = Mutex(State(free: places)) }

    func take(_ places: Int) async {
        await withCheckedContinuation { go in
            change { state in
                let index = state.queue.firstIndex { $0.places < places } ?? state.queue.count
                state.queue.insert((places, go), at: index)
            }
        }
    }

    func giveBack(_ places: Int) { change { $0.free += places } }

    private func change(_ change: (inout State) -> Void) {
        let next = state.withLock { state in
            change(&state)
            var next: [CheckedContinuation<Void, Never>] = []
            while let first = state.queue.first, first.places <= state.free {
                state.free -= first.places
                next.append(first.go)
                state.queue.removeFirst()
            }
            return next
        }
        for go in next { go.resume() }
    }
}
