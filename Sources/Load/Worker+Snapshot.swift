import EventLoop
import Record
import Synchronization
import Transport
import Vocabulary

/// Copies of the record while the load lasts, for a journal.
extension Worker {
    /// Gives a copy of what was recorded so far; between two turns, so that nothing changes meanwhile.
    ///
    /// The copy shares no memory with the record: else the next span of each latency would copy the whole histogram, on
    /// the hot path.
    func giveSnapshot() {
        snapshots = progress.snapshots.load(ordering: .relaxed)
        moment = loop.turnStarted
        // How long the open streams have been silent by now.
        for slot in slab.slots where slab.base[slot].isOpen { _ = isOverdue(slot) }
        var snapshot = record
        snapshot.detach()
        addTables(to: &snapshot)
        addOpenStages(to: &snapshot)
        levels.note(snapshot, from: shard)
    }

    /// Adds the stages of the connections that are under way; the tables count those that have ended.
    private func addOpenStages(to record: inout LoadRecord) {
        for slot in slab.slots where slab.base[slot].phase != .free {
            for order in 0...slab.base[slot].stage.order {
                let stage = Self.stages[order]
                if slab.base[slot].stream.isTLS || !stage.needsTLS { record.stages[stage, default: 0] += 1 }
            }
        }
    }
}
