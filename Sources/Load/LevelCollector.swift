import Record
import Synchronization

/// What the workers put aside at the end of each level of a climb, added up level by level.
final class LevelCollector: Sendable {
    private struct State {
        /// The levels that each worker has ended and that were not taken, in order.
        var waiting: [[LevelRecord]]
        /// What was recorded in the levels that were taken.
        var total = LoadRecord()
    }

    private let state: Mutex<State>

    init(workers: Int) { state = Mutex(State(waiting: Array(repeating: [], count: workers))) }

    /// Takes a level from a worker; once a level, so that the lock is none of the hot path's.
    func put(_ level: LevelRecord, from worker: Int) {
        state.withLock { $0.waiting[worker].append(level) }
    }

    /// The next level that every worker has ended; nil where there is none.
    func take() -> LevelRecord? {
        state.withLock { state in
            guard state.waiting.allSatisfy({ !$0.isEmpty }) else { return nil }
            var level = LevelRecord()
            for worker in state.waiting.indices { level.merge(state.waiting[worker].removeFirst()) }
            state.total.merge(level.load)
            return level
        }
    }

    /// What was recorded in all levels, taken or not.
    func total() -> LoadRecord {
        state.withLock { state in
            state.waiting.joined().reduce(into: state.total) { $0.merge($1.load) }
        }
    }
}
