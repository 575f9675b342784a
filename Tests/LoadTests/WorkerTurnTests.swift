import EventLoop
import EventStream
import Glibc
import Record
import RunProfile
import ScriptedServer
import Synchronization
import TestTurns
import Testing
import Vocabulary

@testable import Load

/// A worker that is driven turn by turn.
@Suite(Turn.sideBySide) struct WorkerTurnTests {
    private func worker(_ scenario: Scenario, _ endpoint: Endpoint, bufferBytes: Int = 256) throws -> Worker {
        let plan = ScenarioPlan(scenario, tls: endpoint.isTLS, seed: 1)
        return try Worker(
            scenarios: [LoadScenario(plan: plan, endpoint: endpoint)],
            shard: 0,
            shardCount: 1,
            settings: LoadSettings(heartbeat: nil, limits: LimitOptions()),
            progress: LoadProgress(),
            bufferBytes: bufferBytes
        )
    }

    /// A worker that is done has nothing left to wake it.
    private func turn(_ worker: Worker, until condition: () throws -> Bool) throws {
        var turns = 0
        while try !condition(), !worker.isDone, turns < 1_000_000 {
            try worker.turn()
            turns += 1
        }
        let record = worker.record
        #expect(try condition(), "done: \(worker.isDone), received: \(record.bytesReceived), errors: \(record.errors)")
    }

    /// However late the loop is, what is open gets its turn between the portions.
    @Test func aCrowdStartsInPortions() throws {
        let listener = try Socket.listen(on: #require(SocketAddress("127.0.0.1", port: 0)))
        defer { Socket.close(listener) }
        let scenario = Made.dropping(600, at: [.connecting], [.rst])
        let worker = try worker(scenario, Made.endpoint(Socket.localAddress(listener).port))
        worker.begin(at: MonotonicClock.now() - 100 * .perMillisecond)
        var before: UInt64 = 0
        try turn(worker) {
            #expect(worker.record.connections.attempted - before <= UInt64(Worker.startsPerTurn))
            before = worker.record.connections.attempted
            return worker.isDone
        }
        #expect(before == 600)
        #expect(worker.record.lateArrivals == 600)
    }

    /// One that is never silent is read once a turn, however often the kernel reports it.
    @Test func aFloodIsQueuedOnce() throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            let events = Array(String(repeating: "data: flood\n\n", count: 100).utf8)
            for _ in 0..<2_000 { try connection.write(events) }
            return nil
        }
        let worker = try worker(Made.holding(1), Made.endpoint(server.port))
        worker.begin(at: MonotonicClock.now())
        var longest = 0
        try turn(worker) {
            longest = max(longest, worker.unfinishedReads.count)
            return worker.isDone
        }
        #expect(longest == 1)
        #expect(worker.record.events == 200_000)
        #expect(worker.record.connections.ended == 1)
    }

    /// A server that sends faster than the worker reads must wait: what it cannot send is in nobody's memory.
    @Test func aFloodMeetsBackpressure() throws {
        let written = Atomic<Int>(0)
        let isEnough = Flag()
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            let events = Array(String(repeating: "data: flood\n\n", count: 5_000).utf8)
            while !isEnough.isRaised {
                try connection.write(events)
                written.add(events.count, ordering: .relaxed)
            }
            return nil
        }
        let worker = try worker(Made.holding(1), Made.endpoint(server.port), bufferBytes: Worker.readBufferBytes)
        worker.begin(at: MonotonicClock.now())
        try turn(worker) { worker.record.events > 0 }
        // Nobody reads: the server comes to a halt at what the two sockets hold.
        var last = -1
        #expect(
            eventually {
                defer { last = written.load(ordering: .relaxed) }
                usleep(50_000)
                return last == written.load(ordering: .relaxed)
            }
        )
        #expect(last - Int(worker.record.bytesReceived) < 64 << 20)
        // And what is read is counted and gone, however much it is.
        try turn(worker) { worker.record.bytesReceived > 200 << 20 }
        #expect(worker.slab.base.pointee.parser.heldBytes < 1_024)
        isEnough.raise()
        try turn(worker) { worker.isDone }
    }

    /// The kernel reports the end once, together with more bytes than one turn reads.
    @Test(arguments: [false, true])
    func anEndBehindManyBytesIsSeen(isDropper: Bool) throws {
        let mayAnswer = Flag()
        let hasClosed = Flag()
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            while !mayAnswer.isRaised { connection.pause(1) }
            try connection.write(Made.head + String(repeating: ": 234567\n\n", count: 700))
            connection.close()
            hasClosed.raise()
            return nil
        }
        let worker = try worker(
            isDropper ? Made.dropping(1, at: [.firstEvent], [.fin]) : Made.holding(1),
            Made.endpoint(server.port)
        )
        worker.begin(at: MonotonicClock.now())
        try turn(worker) { worker.slab.liveCount == 1 && worker.slab.base.pointee.phase == .awaitingHead }
        mayAnswer.raise()
        #expect(eventually { hasClosed.isRaised })
        let deadline = MonotonicClock.now() + 5 * .perSecond
        // A wait without end would hang the test.
        worker.loop.timers.set(1_000, at: deadline)
        while !worker.isDone, MonotonicClock.now() < deadline { try worker.turn() }
        #expect(worker.isDone, "the end was not seen")
        #expect(worker.record.comments == 700)
        #expect(worker.record.errors == (isDropper ? ["ENDED_BEFORE_STAGE": 1] : [:]))
        worker.closeAll()
    }
}
