import EventLoop
import EventStream
import Record
import RunProfile
import Synchronization
import Transport
import Vocabulary

extension Worker {
    /// What the scenario of a slot's connection did.
    func share(_ slot: Int) -> UnsafeMutablePointer<LoadRecord> {
        shares.baseAddress.unsafelyUnwrapped + Int(slab.base[slot].scenario)
    }

    /// What a scenario's connections did, with what they got of the published messages.
    func share(ofScenario index: Int) -> LoadRecord {
        var share = shares[index]
        completeErrors(of: index, in: &share)
        guard stampReader != nil else { return share }
        let records = deliveries.records(of: index)
        share.deliveries = records
        share.reconnect?.resume = resumes.counts(of: index)
        for record in records { share.latency[.event].merge(record.latency) }
        return share
    }

    /// All that was recorded, with each scenario's part where there are several.
    var record: LoadRecord {
        var record = own
        record.silences = silences.record(since: started)
        let shares = shares.indices.map { share(ofScenario: $0) }
        for share in shares { record.merge(share) }
        guard scenarios.count > 1 else { return record }
        record.scenarios = zip(scenarios, shares).map { ScenarioRecord(name: $0.plan.scenario.name, load: $1) }
        return record
    }

    /// Puts the tables that the hot path counts in into a record.
    func addTables(to record: inout LoadRecord) {
        for stage in Stage.allCases where stagesReached[stage.order] > 0 {
            record.stages[stage] = stagesReached[stage.order]
        }
        for stage in Stage.allCases {
            for (index, manner) in Manner.allCases.enumerated() {
                let count = drops[stage.order * Manner.count + index]
                if count > 0 { record.drops.append(DropCount(stage: stage, manner: manner, count: count)) }
            }
        }
        record.lastDrops = lastDrops.moments(since: started)
    }
}

/// Copies of the record while the load lasts, for a journal.
extension Worker {
    /// Gives a copy of what was recorded so far; between two turns, so that nothing changes meanwhile.
    ///
    /// The copy shares no memory with the record: else the next span of each latency would copy the whole histogram, on
    /// the hot path.
    ///
    /// However many connections there are, a turn looks at no more than ``SnapshotLook/slotsPerTurn``.
    func giveSnapshot() {
        moment = loop.turnStarted
        let end = min(snapshotLook.next + SnapshotLook.slotsPerTurn, slab.slots.upperBound)
        for slot in snapshotLook.next..<max(end, snapshotLook.next) where slab.base[slot].phase != .free {
            // How long the open streams have been silent by now.
            if slab.base[slot].isOpen { _ = isOverdue(slot) }
            snapshotLook.note(slab.base[slot].stage, isTLS: slab.base[slot].stream.isTLS)
        }
        snapshotLook.next = end
        guard end == slab.slots.upperBound else { return }
        snapshots = progress.snapshots.load(ordering: .relaxed)
        var snapshot = record
        snapshot.detach()
        addTables(to: &snapshot)
        // The tables count the connections that have ended; those that are under way come on top.
        for (stage, count) in snapshotLook.reached { snapshot.stages[stage, default: 0] += count }
        snapshotLook = SnapshotLook()
        levels.note(snapshot, from: shard)
    }
}

/// How far the connections under way have come, counted for a snapshot over as many turns as it takes.
struct SnapshotLook {
    /// Connections that one turn looks at.
    static let slotsPerTurn = 4_096

    /// The slot that is looked at next; 0 where no snapshot is being made.
    var next = 0
    private var plain = [UInt64](repeating: 0, count: Stage.allCases.count)
    private var secure = [UInt64](repeating: 0, count: Stage.allCases.count)

    /// Notes where a connection is.
    mutating func note(_ stage: Stage, isTLS: Bool) {
        if isTLS { secure[stage.order] += 1 } else { plain[stage.order] += 1 }
    }

    /// How many came at least as far as each stage.
    var reached: [(Stage, UInt64)] {
        var (plainSum, secureSum) = (0 as UInt64, 0 as UInt64)
        var counts: [(Stage, UInt64)] = []
        for stage in Stage.allCases.reversed() {
            plainSum += plain[stage.order]
            secureSum += secure[stage.order]
            let count = secureSum + (stage.needsTLS ? 0 : plainSum)
            if count > 0 { counts.append((stage, count)) }
        }
        return counts
    }
}
