import EventLoop
import Record
import RunProfile
import ScriptedServer
import Synchronization
import TestTurns
import Testing
import Vocabulary

@testable import Load

/// Copies of a worker's record, with a worker that is driven turn by turn.
@Suite(Turn.sideBySide) struct SnapshotTests {
    private func worker(_ server: ScriptedServer, _ levels: LevelCollector, levelEnds: [Nanoseconds] = []) throws
        -> Worker
    {
        let plan = ScenarioPlan(Made.holding(3), tls: false, seed: 1)
        var settings = LoadSettings(heartbeat: nil, limits: LimitOptions())
        settings.levelEnds = levelEnds
        return try Worker(
            scenarios: [LoadScenario(plan: plan, endpoint: Made.endpoint(server.port))],
            shard: 0,
            shardCount: 1,
            settings: settings,
            progress: LoadProgress(),
            levels: levels
        )
    }

    private func server() throws -> ScriptedServer {
        try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            return connection.readToEnd()
        }
    }

    private func turn(_ worker: Worker, until condition: () -> Bool) throws {
        for _ in 0..<10_000 where !condition() { try worker.turn() }
        #expect(condition())
    }

    /// Asks, and lets the worker have its turn.
    private func snapshot(_ worker: Worker, _ levels: LevelCollector) throws -> LoadRecord {
        worker.progress.snapshots.add(1, ordering: .relaxed)
        worker.loop.wake()
        try worker.turn()
        return levels.snapshot()
    }

    @Test func aCopyIsGivenOnceItIsAskedFor() throws {
        let server = try server()
        let levels = LevelCollector(workers: 1)
        let worker = try worker(server, levels)
        worker.begin(at: MonotonicClock.now())
        try turn(worker) { worker.record.events == 3 }
        #expect(levels.snapshot() == LoadRecord())
        let copy = try snapshot(worker, levels)
        #expect(copy.events == 3)
        #expect(copy.connections.established == 3)
        #expect(copy.latency[.connect].count == 3)
        // The open streams are counted at the stages that they have reached by now.
        #expect(copy.stages[.connected] == 3)
        #expect(copy.stages[.firstEvent] == 3)
        worker.closeAll()
    }

    @Test func copiesAddUpToTheWholeOverLevels() throws {
        let server = try server()
        let levels = LevelCollector(workers: 1)
        let hour: Nanoseconds = 3_600 * .perSecond
        let worker = try worker(server, levels, levelEnds: [hour, 2 * hour])
        worker.begin(at: MonotonicClock.now())
        try turn(worker) { worker.record.events == 3 }
        #expect(try snapshot(worker, levels).events == 3)
        worker.levelEnd = 1
        try worker.turn()
        // What the level holds is not counted again from the copy that was given before it.
        #expect(levels.snapshot().events == 3)
        #expect(try snapshot(worker, levels).events == 3)
        #expect(levels.take()?.load.events == 3)
        #expect(levels.snapshot().connections.established == 3)
        worker.closeAll()
    }

    @Test func aCopyIsNotTheRecordItself() throws {
        let server = try server()
        let levels = LevelCollector(workers: 1)
        let worker = try worker(server, levels)
        worker.begin(at: MonotonicClock.now())
        try turn(worker) { worker.record.events == 3 }
        let copy = try snapshot(worker, levels)
        worker.closeAll()
        #expect(worker.record.connections == copy.connections)
        #expect(levels.snapshot().latency[.connect] == copy.latency[.connect])
    }

    /// However many connections there are, a turn looks at a bounded number of them.
    @Test func aCopyOfManyConnectionsTakesSeveralTurns() throws {
        let levels = LevelCollector(workers: 1)
        let worker = try worker(try server(), levels)
        worker.begin(at: MonotonicClock.now())
        // Slots that nobody has used yet are free.
        for _ in 0...2 * SnapshotLook.slotsPerTurn { _ = worker.slab.take() }
        worker.progress.snapshots.add(1, ordering: .relaxed)
        worker.giveSnapshot()
        worker.giveSnapshot()
        #expect(worker.snapshots == 0)
        #expect(worker.snapshotLook.next == 2 * SnapshotLook.slotsPerTurn)
        worker.giveSnapshot()
        #expect(worker.snapshots == 1)
        #expect(worker.snapshotLook.next == 0)
    }
}
