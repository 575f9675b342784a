import EventLoop
import Record
import RunProfile
import Vocabulary

/// What the workers put aside at the end of each level of a climb, added up level by level.
final class LevelCollector: Sendable {
    private struct State {
        /// The levels that each worker has ended and that were not taken, in order.
        var waiting: [[LevelRecord]]
        /// What was recorded in the levels that were taken.
        var total = LoadRecord()
        /// What each worker had recorded in its present level when it was last asked.
        var running: [LoadRecord]
    }

    private let state: Locked<State>

    init(workers: Int) {
        state = Locked(
            State(
                waiting: Array(repeating: [], count: workers),
                running: Array(repeating: LoadRecord(), count: workers)
            )
        )
    }

    /// Takes a level from a worker; once a level, so that the lock is none of the hot path's.
    func put(_ level: LevelRecord, from worker: Int) {
        state.withLock { state in
            state.waiting[worker].append(level)
            // The level holds the rest; these are not of any level.
            let last = state.running[worker]
            state.running[worker] = LoadRecord()
            state.running[worker].stages = last.stages
            state.running[worker].drops = last.drops
            state.running[worker].lastDrops = last.lastDrops
        }
    }

    /// Takes what a worker has recorded so far in its present level, in place of what it gave before.
    func note(_ record: LoadRecord, from worker: Int) {
        state.withLock { $0.running[worker] = record }
    }

    /// What was recorded so far, as far as the workers have told.
    func snapshot() -> LoadRecord {
        state.withLock { state in
            var record = state.waiting.joined().reduce(into: state.total) { $0.merge($1.load) }
            for running in state.running { record.merge(running) }
            return record
        }
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

/// The levels of a climb: each has a record of its own.
extension Worker {
    /// Sets the end of a level.
    func beginLevel(_ level: Int) {
        self.level = level
        levelEnd = level < settings.levelEnds.count ? started + settings.levelEnds[level] : .max
    }

    /// Puts aside what was recorded in the levels that are over, and goes on with an empty record.
    func endLevels() {
        moment = loop.turnStarted
        while loop.turnStarted >= levelEnd {
            publish()
            var ended = LevelRecord()
            for slot in slab.slots where slab.base[slot].isOpen {
                ended.open += 1
                if isOverdue(slot) { ended.overdue += 1 }
            }
            finishRhythms()
            ended.load = record
            levels.put(ended, from: shard)
            beginRecord()
            beginLevel(level + 1)
        }
    }
}
