import EventLoop
import Vocabulary

@testable import ReferenceServer

/// Timers that fire when they are told to.
final class FakeTimers: InactivityTimers {
    final class Timer: InactivityTimer {
        private let state: Locked<(isSet: Bool, restarts: Int)> = Locked((true, 0))
        private let action: @Sendable () -> Void
        let duration: Nanoseconds

        init(_ duration: Nanoseconds, _ action: @escaping @Sendable () -> Void) {
            self.duration = duration
            self.action = action
        }

        var isSet: Bool { state.withLock { $0.isSet } }
        var restarts: Int { state.withLock { $0.restarts } }

        func restart() { state.withLock { if $0.isSet { $0.restarts += 1 } } }
        func cancel() { state.withLock { $0.isSet = false } }

        func fire() {
            let wasSet = state.withLock { state in
                defer { state.isSet = false }
                return state.isSet
            }
            if wasSet { action() }
        }
    }

    private let started = Locked<[Timer]>([])

    var all: [Timer] { started.withLock { $0 } }

    func start(after duration: Nanoseconds, _ fire: @escaping @Sendable () -> Void) -> any InactivityTimer {
        let timer = Timer(duration, fire)
        started.withLock { $0.append(timer) }
        return timer
    }
}
