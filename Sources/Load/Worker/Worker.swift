import EventLoop
import EventStream
import Record
import RunProfile
import Synchronization
import Transport
import Vocabulary

/// Carries out a share of a plan on one thread, with one event loop; nothing is shared while it runs but ``LoadProgress``.
final class Worker: @unchecked Sendable {
    /// Bytes of the buffer that all reads of a worker go through.
    static let readBufferBytes = 64 << 10
    /// Bytes of the buffer that compressed bodies are unpacked to.
    static let inflateBufferBytes = 64 << 10
    /// Reads of one connection in a turn, so that one that is never silent does not starve the others.
    static let readsPerTurn = 16
    /// Connections started in a turn, so that a crowd does not starve those that are open.
    static let startsPerTurn = 128
    /// How late a connection may start before it counts as a late arrival, in ns.
    static let lateArrival: Nanoseconds = 10 * .perMillisecond
    /// How long bytes on held streams may wait for others, in ns.
    static let gatheringTime: Nanoseconds = .perMillisecond
    /// The wheel's timer for the next arrival; a slot's timer is its number plus one.
    static let arrivalTimer = 0
    /// Events of one read whose latency is measured; those beyond are not.
    static let momentsPerRead = 256
    /// The stages in order, made once.
    static let stages = Stage.allCases

    let loop: EventLoop
    let settings: LoadSettings
    let progress: LoadProgress
    let buffer: UnsafeMutableRawBufferPointer
    let inflated: UnsafeMutableRawBufferPointer
    let beat: StreamSink.Beat
    /// The moments at which the events of a read were published; empty where they are not measured.
    let moments: UnsafeMutableBufferPointer<Nanoseconds>
    /// Finds published messages; nil where none are watched for.
    let stampReader: MessageStampReader?
    /// The messages of one read: as many as it can hold.
    let stamps: UnsafeMutableBufferPointer<MessageStamp>
    /// The last message of the read that goes on, which may be all of it.
    var lastStamp: MessageStamp?
    /// Which messages each stream has got.
    var deliveries: StreamDeliveries
    /// Which messages each client has got over all its streams.
    var resumes: ResumeReceipts
    /// The start of the last turn at whose end nothing was left to read, in ns of the monotonic clock.
    var lastDryTurn: Nanoseconds = 0
    private let beatName: UnsafeMutableRawBufferPointer
    /// What each scenario looks for in its events.
    let watches: UnsafeMutableBufferPointer<EventWatch>
    /// The times that the server wrote into the events of a read.
    let times: UnsafeMutableBufferPointer<Int64>
    /// Which request each scenario's connections send.
    let draws: [RequestDraw]
    /// When slow readers are there; nil where there are none.
    private var slowSpan: SlowSpan?
    /// The answer that is read as a sample of an error; nil while none is.
    var answerReading: AnswerReading?
    /// How each scenario's connections use cookies.
    var cookieUses: [CookieUses]
    /// The highest position of an established stream, and when the last was established, by scenario.
    var established: [(position: UInt64, time: Double)?]
    /// When nothing but connections that stalled early was left.
    var stallAlone = StallAlone()
    /// Stalled connections that were kept for the longer look, by ``Stage/order``.
    var stallsWatched = [UInt8](repeating: 0, count: Stage.allCases.count)
    var arrivals: ArrivalQueue
    let scenarios: [LoadScenario]
    let levels: LevelCollector
    let reconnector: Reconnector
    let shard: Int
    /// The level of a climb that goes on; their count after the last.
    var level = 0
    /// When it ends, in ns of the monotonic clock; never where there is none.
    var levelEnd: Nanoseconds = .max
    /// The sessions to resume, one cache a scenario; nil where none are resumed.
    let sessions: [TLSSessionCache?]
    var slab = ConnectionSlab()
    /// Which scenarios' connections need more than a stream does, by scenario.
    let needsExtras: [Bool]
    /// What each scenario's connections did.
    let shares: UnsafeMutableBufferPointer<LoadRecord>
    /// What belongs to no connection.
    var own = LoadRecord()
    /// The phases of beats that are not in the records yet, by scenario; empty where no beats are expected.
    var phases: [PhaseCollector]
    /// Looks for heartbeats; nil where they are expected, so that nothing is left to find.
    var discovery: BeatDiscovery?
    /// The names of events that the discovery tells apart.
    let eventNames: UnsafeMutablePointer<BeatNames>
    /// Whether the kernel tells when bytes came.
    var hasStamps = false
    /// Drops by stage and manner, as a table of ``Stage/order`` times the number of manners.
    var drops: [UInt64]
    /// The drops made last.
    var lastDrops = DropRing()
    /// How many connections came at least as far as each stage's ``Stage/order``.
    var stagesReached = [UInt64](repeating: 0, count: Stage.allCases.count)
    /// Connections that were not read to the end in their turn, each at most once.
    var unfinishedReads: [UInt64] = []
    /// When what is being handled happened, in ns of the monotonic clock.
    ///
    /// For bytes it is when the kernel received them, where it says so, and else the start of the turn.
    var moment: Nanoseconds = 0
    /// How the kernel's receive times are told in moments of the monotonic clock.
    var realtime = RealtimeOffset()
    /// The head that the last stream began with.
    var knownAnswer = KnownAnswer()
    /// The times in which this worker itself stood still.
    var stalls: StallLog
    /// When streams fell silent together.
    var silences = SilenceWatch()
    /// The connection that was silent last, and when that was seen.
    var silentSlot = -1
    var silentAt: Nanoseconds = 0
    /// The start of the load, in ns of the monotonic clock.
    var started: Nanoseconds = 0
    /// The snapshot that is being made.
    var snapshotLook = SnapshotLook()
    /// Snapshots that were given.
    var snapshots = 0
    /// The same moment on the realtime clock, in ns since 1970.
    var startedRealtime: UInt64 = 0
    /// Streams that are open and held.
    var heldCount = 0
    /// The start of the last turn that had something to read, in ns of the monotonic clock.
    private var lastReading: Nanoseconds = 0
    private var published = (attempted: 0, failed: 0, dropped: 0, events: 0)

    init(
        scenarios: [LoadScenario],
        shard: Int,
        shardCount: Int,
        settings: LoadSettings,
        progress: LoadProgress,
        levels: LevelCollector = LevelCollector(workers: 1),
        messages: PublishedMessages = PublishedMessages(),
        bufferBytes: Int = readBufferBytes
    ) throws(SystemError) {
        loop = try EventLoop()
        self.scenarios = scenarios
        needsExtras = scenarios.map { scenario in
            let own = scenario.plan.scenario
            return own.reconnect != nil || own.read != .full || own.followsStreams
        }
        sessions = scenarios.map { $0.endpoint.tls?.resumes == true ? TLSSessionCache() : nil }
        self.settings = settings
        self.progress = progress
        self.levels = levels
        reconnector = Reconnector(scenarios)
        self.shard = shard
        shares = .allocate(capacity: scenarios.count)
        shares.initialize(repeating: LoadRecord())
        moments = .allocate(capacity: settings.measuresEvents ? Self.momentsPerRead : 0)
        watches = .allocate(capacity: scenarios.count)
        _ = watches.initialize(from: scenarios.map { EventWatch($0.plan.scenario) })
        times = .allocate(capacity: Self.serverTimesPerRead)
        draws = scenarios.map { $0.plan.draw(among: $0.endpoint.requestCount) }
        slowSpan = SlowSpan(scenarios.map(\.plan))
        cookieUses = scenarios.map { CookieUses(cookies: $0.endpoint.cookieCount) }
        established = scenarios.map { _ in nil }
        stampReader = messages.reader
        stamps = .allocate(capacity: messages.reader == nil ? 0 : max(bufferBytes, Self.inflateBufferBytes) / 16)
        deliveries = StreamDeliveries(messages.publishers, scenarioCount: scenarios.count)
        resumes = ResumeReceipts(
            messages.publishers,
            comesBack: scenarios.map { $0.plan.scenario.reconnect != nil }
        )
        arrivals = ArrivalQueue(scenarios.map(\.plan), shard: shard, shardCount: shardCount)
        buffer = .allocate(byteCount: bufferBytes, alignment: 64)
        inflated = .allocate(byteCount: Self.inflateBufferBytes, alignment: 64)
        drops = [UInt64](repeating: 0, count: Stage.allCases.count * Manner.count)
        phases =
            settings.heartbeat.map { heartbeat in scenarios.map { _ in PhaseCollector(period: heartbeat.expect) } }
            ?? []
        eventNames = .allocate(capacity: 1)
        eventNames.initialize(to: BeatNames())
        if settings.heartbeat == nil { discovery = BeatDiscovery(eventNames) }
        var name: [UInt8] = []
        if case .event(let text) = settings.heartbeat?.match { name = Array(text.utf8) }
        stalls = StallLog(startingAt: loop.turnStarted, watching: settings.heartbeat)
        beatName = .allocate(byteCount: name.count, alignment: 1)
        beatName.copyBytes(from: name)
        beat =
            switch settings.heartbeat?.match {
            case nil: .nothing
            case .comment: .comment
            case .event: .event(UnsafeRawBufferPointer(beatName))
            case .any: .any
            }
    }

    deinit {
        buffer.deallocate()
        inflated.deallocate()
        beatName.deallocate()
        moments.deallocate()
        eventNames.pointee.release()
        eventNames.deallocate()
        for watch in watches { watch.release() }
        watches.deallocate()
        times.deallocate()
        stamps.deallocate()
        deliveries.release()
        resumes.release()
        shares.deinitialize().deallocate()
        slab.release()
    }

    /// Runs until every connection of the share has ended, or the load is stopped, or its event loop fails.
    func run(from start: Nanoseconds) {
        begin(at: start)
        do {
            while !isDone, !progress.isStopped.load(ordering: .relaxed) { try turn() }
        } catch {
            let time = (MonotonicClock.now() - start).inSeconds
            own.workerDeaths = [WorkerDeath(worker: shard, reason: "\(error)", time: time)]
        }
        if progress.isComplete.load(ordering: .relaxed) { completeAll() }
        closeAll()
        publish()
        sumUp()
    }

    /// Sets the moment that arrivals count from.
    func begin(at start: Nanoseconds) {
        started = start
        let now = MonotonicClock.now()
        startedRealtime = RealtimeClock.now() - (now - min(start, now))
        stalls = StallLog(startingAt: MonotonicClock.now(), watching: settings.heartbeat)
        beginRecord()
        beginLevel(0)
        loop.timers.set(Self.arrivalTimer, at: start)
    }

    /// Makes a record whose figures are zero where nothing happens, and absent where nothing is measured.
    func beginRecord() {
        own = LoadRecord()
        published = (0, 0, 0, 0)
        silences.reset()
        deliveries.reset()
        resumes.reset()
        for index in shares.indices {
            shares[index] = LoadRecord()
            if let heartbeat = settings.heartbeat {
                shares[index].heartbeat.missed = 0
                shares[index].heartbeat.rhythm = RhythmRecord(period: heartbeat.expect)
            }
            if sessions[index] != nil { shares[index].resumedHandshakes = 0 }
            shares[index].reconnect = scenarios[index].plan.scenario.reconnect.map(ReconnectRecord.init)
            if settings.timesDrops { shares[index].dropDelays = LatencyHistogram() }
            shares[index].streams = watches[index].emptyRecord
            if watches[index].serverTime != nil { shares[index].serverClock = ServerClockRecord() }
        }
    }

    /// Waits for the next descriptor or timer, and does all that is due.
    ///
    /// - Throws: what the event loop fails at.
    func turn() throws(SystemError) {
        gather()
        // With reads left over the loop only looks, and does not wait.
        let mayWait = unfinishedReads.isEmpty && snapshotLook.next == 0
        try loop.wait(until: mayWait ? min(stalls.nextLook, levelEnd, nextMassDrop) : 0)
        stalls.look(at: loop.turnStarted)
        realtime.look()
        noteStampError()
        if loop.turnStarted >= levelEnd { endLevels() }
        while let next = slowSpan?.next, loop.turnStarted >= started + next { slowSpan?.pass(shares) }
        reconnector.attempts = 0
        if loop.turnStarted >= nextMassDrop { dropAllDue() }
        loop.report { handle($0) }
        finishReads()
        publish()
        if stampReader != nil { noteTurnEnd() }
        if progress.snapshots.load(ordering: .relaxed) != snapshots { giveSnapshot() }
    }

    /// Lets a moment pass where bytes trickle in faster than turns are worth, so that one turn reads many streams.
    ///
    /// Nothing is measured late by it: the kernel says when bytes came, and timers are kept. While a connection is on
    /// its way to its stage, or the kernel does not say, each byte is read at once.
    private func gather() {
        guard loop.readyCount > 0 else { return }
        let sinceLast = loop.turnStarted - lastReading
        lastReading = loop.turnStarted
        guard sinceLast < Self.gatheringTime, loop.readyCount < EventLoop.eventsPerTurn, unfinishedReads.isEmpty,
            heldCount == slab.liveCount, hasStamps
        else { return }
        loop.rest(until: loop.turnStarted + Self.gatheringTime)
    }

    var isDone: Bool { (arrivals.next == nil || isClosed) && slab.liveCount == 0 && levelEnd == .max }

    /// Whether no further connection is to start.
    var isClosed: Bool { progress.isClosed.load(ordering: .relaxed) }

    private func handle(_ occurrence: Occurrence) {
        moment = loop.turnStarted
        switch occurrence {
        case .ready(let token, let readiness):
            guard let slot = slot(token) else { return }
            ready(slot, readiness)
        case .expired(Self.arrivalTimer, let late):
            own.loopLag.record(late)
            startDueConnections()
        case .expired(let timer, let late):
            own.loopLag.record(late)
            expired(timer - 1)
        case .woken:
            break
        }
    }

    /// A slot's connection as epoll carries it: the slot, and the generation above it.
    func token(_ slot: Int) -> UInt64 { UInt64(slot) | UInt64(slab.base[slot].generation) << 32 }

    /// The slot of a token; nil where another connection has it by now.
    private func slot(_ token: UInt64) -> Int? {
        let slot = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
        return slab.base[slot].generation == UInt32(truncatingIfNeeded: token >> 32) ? slot : nil
    }

    private func finishReads() {
        let count = unfinishedReads.count
        guard count > 0 else { return }
        for index in 0..<count {
            guard let slot = slot(unfinishedReads[index]) else { continue }
            slab.base[slot].isUnfinished = false
            moment = loop.turnStarted
            // The peer's end may have been reported with the bytes before it, and is not reported again.
            ready(slot, [.readable, .peerClosed])
        }
        unfinishedReads.removeFirst(count)
    }

    /// Leaves the rest of a connection's bytes to the end of the next turn.
    func leaveUnfinished(_ slot: Int) {
        slab.base[slot].isUnfinished = true
        unfinishedReads.append(token(slot))
    }

    /// Adds what this turn counted to the counts that other threads read.
    func publish() {
        var (attempted, failed, dropped, events) = (0, 0, 0, 0)
        for share in shares {
            attempted += Int(share.connections.attempted)
            failed += Int(share.connections.failed)
            dropped += Int(share.connections.dropped)
            events += Int(share.events)
        }
        add(attempted, &published.attempted, to: progress.attempted)
        add(failed, &published.failed, to: progress.failed)
        add(dropped, &published.dropped, to: progress.dropped)
        add(events, &published.events, to: progress.events)
    }

    private func add(_ count: Int, _ published: inout Int, to counter: borrowing Atomic<Int>) {
        guard count != published else { return }
        counter.add(count - published, ordering: .relaxed)
        published = count
    }

    /// Completes the record at the load's end.
    private func sumUp() {
        finishRhythms()
        addTables(to: &own)
        own.stallHold = stallHold
        for (index, scenario) in scenarios.enumerated() where scenario.plan.scenario.read == .full {
            shares[index].slowNeighbours = slowSpan?.neighbour(index, shares[index])
        }
    }
}
