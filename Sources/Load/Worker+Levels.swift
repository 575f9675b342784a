import EventLoop
import RunProfile
import Record
import Vocabulary

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

    /// Notes the latency of events of one read by the moments at which they were published.
    func noteEvents(_ count: Int, _ slot: Int) {
        // A moment before the load or after the arrival is none of this run's.
        for sent in moments[..<count] where sent >= started && sent <= moment {
            share(slot).pointee.latency.event.record(moment - sent)
        }
    }
}
