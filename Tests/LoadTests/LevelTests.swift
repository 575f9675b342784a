import EventLoop
import Record
import RunProfile
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

@testable import Load

/// Records by level, with a worker that is driven turn by turn: the test says when a level ends.
@Suite(Turn.sideBySide) struct LevelTests {
    private static let hour: Nanoseconds = 3_600 * .perSecond

    private func worker(
        _ connections: Int,
        _ server: ScriptedServer,
        _ levels: LevelCollector,
        heartbeat: HeartbeatOptions? = nil,
        measuresEvents: Bool = false
    ) throws -> Worker {
        let plan = ScenarioPlan(Made.holding(connections), tls: false, seed: 1)
        var settings = LoadSettings(heartbeat: heartbeat, limits: LimitOptions())
        settings.levelEnds = (1...5_000).map { Nanoseconds($0) * Self.hour }
        settings.measuresEvents = measuresEvents
        return try Worker(
            scenarios: [LoadScenario(plan: plan, endpoint: Made.endpoint(server.port))],
            shard: 0,
            shardCount: 1,
            settings: settings,
            progress: LoadProgress(),
            levels: levels
        )
    }

    private func turn(_ worker: Worker, until condition: () throws -> Bool) throws {
        for _ in 0..<10_000 where try !condition() { try worker.turn() }
        #expect(try condition())
    }

    /// Ends the level with the next turn.
    private func end(_ worker: Worker, _ levels: LevelCollector) throws -> LevelRecord {
        worker.levelEnd = 1
        try worker.turn()
        return try #require(levels.take())
    }

    @Test func whatLevelsRecordAddsUpToTheWhole() throws {
        let mayGoOn = Flag()
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head + "data: 1\n\n")
            while !mayGoOn.isRaised { connection.pause(1) }
            try connection.write("data: 2\n\n: beat\n\ndata: 3\n\n")
            return connection.readToEnd()
        }
        let levels = LevelCollector(workers: 1)
        let worker = try worker(4, server, levels, heartbeat: HeartbeatOptions(expect: Made.forever))
        worker.begin(at: MonotonicClock.now())
        try turn(worker) { worker.record.events == 4 }
        let first = try end(worker, levels)
        #expect(first.open == 4)
        #expect(first.load.connections.attempted == 4)
        #expect(first.load.connections.established == 4)
        #expect(first.load.latency[.connect].count == 4)
        #expect(first.load.heartbeat.streams == 4)
        #expect(first.load.heartbeat.missed == 0)
        #expect(worker.record.connections.attempted == 0)
        #expect(worker.record.heartbeat.missed == 0, "a figure of zero stays measured")
        mayGoOn.raise()
        try turn(worker) { worker.record.events == 8 && worker.record.comments == 4 }
        let second = try end(worker, levels)
        #expect(second.open == 4)
        #expect(second.load.events == 8)
        #expect(second.load.connections.attempted == 0)
        #expect(second.load.latency[.connect].isEmpty)
        worker.completeAll()
        worker.publish()
        var total = levels.total()
        total.merge(worker.record)
        #expect(total.events == 12)
        #expect(total.comments == 4)
        #expect(total.connections.attempted == 4)
        #expect(total.connections.established == 4)
        #expect(total.connections.completed == 4)
        #expect(total.latency[.connect] == first.load.latency[.connect])
        #expect(total.bytesReceived == first.load.bytesReceived + second.load.bytesReceived)
        #expect(worker.progress.eventCount == 12, "what onlookers read goes on over the levels")
        #expect(worker.progress.attemptCount == 4)
        #expect(levels.take() == nil)
    }

    @Test func aSilentStreamIsOverdue() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            return connection.readToEnd()
        }
        let levels = LevelCollector(workers: 1)
        let heartbeat = HeartbeatOptions(expect: 20 * .perMillisecond)
        let worker = try worker(2, server, levels, heartbeat: heartbeat)
        worker.begin(at: MonotonicClock.now())
        try turn(worker) { worker.record.connections.established == 2 }
        var last = LevelRecord()
        // Each look is a level; one in which the machine itself stood still is excused.
        let found = try eventually {
            last = try end(worker, levels)
            return last.overdue == 2
        }
        #expect(found)
        #expect(last.load.heartbeat.missed == 0)
        #expect(try #require(last.load.heartbeat.longestSilence) > heartbeat.longestInterval)
        worker.closeAll()
    }

    /// A moment that lies before the load or after the arrival is not believed.
    @Test(arguments: [true, false])
    func eventsAreMeasuredByTheMomentTheyCarry(isMeasured: Bool) throws {
        let begin = MonotonicClock.now() - 10 * .perSecond
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            let sent = MonotonicClock.now() - 5 * .perSecond
            let bodies = [sent, begin - 1, sent + Self.hour].map { SendMoment.fill("data: {moment}", with: $0) }
            try connection.write(Made.head + (bodies + ["data: other"]).joined(separator: "\n\n") + "\n\n")
            return connection.readToEnd()
        }
        let levels = LevelCollector(workers: 1)
        let worker = try worker(1, server, levels, measuresEvents: isMeasured)
        worker.begin(at: begin)
        try turn(worker) { worker.record.events == 4 }
        let latency = worker.record.latency[.event]
        #expect(latency.count == (isMeasured ? 1 : 0))
        if isMeasured { #expect((5 * .perSecond...60 * .perSecond).contains(latency.largest)) }
        worker.closeAll()
    }

    @Test func aLevelIsThereOnceEveryWorkerHasEndedIt() throws {
        let levels = LevelCollector(workers: 2)
        var level = LevelRecord()
        level.open = 1
        level.load.events = 10
        levels.put(level, from: 0)
        levels.put(level, from: 0)
        #expect(levels.take() == nil)
        levels.put(level, from: 1)
        #expect(levels.take()?.open == 2)
        #expect(levels.take() == nil)
        #expect(levels.total().events == 30, "what waits counts as well")
    }

    /// A worker without a stream left ends its levels all the same.
    @Test func aLoadLastsToTheEndOfItsLevels() throws {
        let server = try ScriptedServer { _ in nil }
        var settings = LoadSettings(heartbeat: nil, limits: LimitOptions())
        settings.levelEnds = [50 * .perMillisecond, 100 * .perMillisecond]
        let plan = ScenarioPlan(Made.holding(2), tls: false, seed: 1)
        let generator = try LoadGenerator(
            scenarios: [LoadScenario(plan: plan, endpoint: Made.endpoint(server.port))],
            workerCount: 2,
            settings: settings
        )
        let record = try generator.run()
        #expect(record.connections.failed == 2)
        let first = try #require(generator.takeLevel())
        let second = try #require(generator.takeLevel())
        #expect(generator.takeLevel() == nil)
        #expect(first.load.connections.failed + second.load.connections.failed == 2)
        #expect(second.open == 0)
    }

    @Test func aCompletedLoadEndsItsStreamsInGoodOrder() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            return connection.readToEnd()
        }
        let generator = try Made.generator(Made.holding(3), Made.endpoint(server.port), workers: 2)
        let load = try Background(generator)
        #expect(eventually { generator.progress.streamCount == 3 })
        generator.complete()
        #expect(load.record().connections.completed == 3)
        #expect(server.stop().map(\.ending) == ["end", "end", "end"])
    }
}
