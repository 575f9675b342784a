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
