import EventLoop
import Record
import Synchronization
import Transport
import Vocabulary

/// Publishes messages on its schedule, on a thread and an event loop of its own.
///
/// Open loop: a message whose moment has come takes an idle connection, or opens one, up to a limit; those beyond it
/// wait, and are sent late, without moving the schedule.
final class PublisherThread: @unchecked Sendable {
    /// Connections at a time: messages under way.
    static let connections = 64
    /// How long a message may take from its sending to its answer, in ns.
    static let timeout: Nanoseconds = 10 * .perSecond
    /// How late a message may be sent before it counts as late, in ns.
    static let lateness: Nanoseconds = 10 * .perMillisecond
    /// How long an idle connection is used again, in ns: servers close theirs after some seconds, and a message that
    /// meets the close is neither taken nor safe to repeat.
    static let idleTime: Nanoseconds = 1 * .perSecond
    /// The longest head of an answer, in bytes.
    static let headBytes = 64 << 10
    /// The longest body of an answer, in bytes.
    static let bodyBytes = 4 << 20
    /// The timer of the next message; a connection's timer is its slot plus one.
    static let scheduleTimer = 0

    let loop: EventLoop
    let publisher: LoadPublisher
    let table: MessageTable
    let run: UInt64
    /// The publisher's position, which its stamps carry.
    let position: Int
    private let scenarios: [String]
    var counts = PublishingCounts()
    var connections: [PublishConnection?] = Array(repeating: nil, count: connections)
    /// How often each slot was used, so that late readiness is not taken for another connection's.
    var generations = [UInt32](repeating: 0, count: connections)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
    var realtime = RealtimeOffset()
    /// Messages that were given to a connection.
    private var begun: UInt32 = 0
    private var started: Nanoseconds = 0
    private var isEnding = false
    private var nextTarget = 0
    private let isStopped = Atomic<Bool>(false)

    /// - Parameter scenarios: the load's scenarios, by name.
    init(
        _ publisher: LoadPublisher,
        table: MessageTable,
        run: UInt64,
        position: Int,
        scenarios: [String] = []
    ) throws(SystemError) {
        loop = try EventLoop()
        self.publisher = publisher
        self.table = table
        self.run = run
        self.position = position
        self.scenarios = scenarios
        counts.reach = ReachCounts()
    }

    deinit { buffer.deallocate() }

    /// Publishes no more; from any thread.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        loop.wake()
    }

    /// Publishes until ``stop()``, then waits a grace time for the answers that are under way.
    ///
    /// - Parameter start: the start of the load, in ns of the monotonic clock.
    func run(from start: Nanoseconds) {
        started = start
        loop.timers.set(Self.scheduleTimer, at: start + publisher.moment(of: 0))
        var end = Nanoseconds.max
        do {
            while !isDone, loop.turnStarted < end {
                if isStopped.load(ordering: .relaxed), !isEnding {
                    isEnding = true
                    end = MonotonicClock.now() + publisher.grace
                    countScheduled(until: MonotonicClock.now())
                }
                try loop.wait(until: end)
                realtime.look()
                loop.report { handle($0) }
            }
        } catch {
            count(error.name)
            countScheduled(until: MonotonicClock.now())
        }
        for slot in connections.indices where connections[slot] != nil {
            if connections[slot]?.sequence ?? 0 > 0 { count(PublishError.unanswered.rawValue) }
            close(slot)
        }
        table.forEach { noteEnd($0) }
        counts.stops = table.stop.map { [$0.record(since: started, scenarios: scenarios)] }
    }

    private var isDone: Bool { isEnding && !connections.contains { $0?.sequence ?? 0 > 0 } }

    private func handle(_ occurrence: Occurrence) {
        switch occurrence {
        case .woken: break
        case .expired(Self.scheduleTimer, _): publishDue()
        case .expired(let timer, _): fail(timer - 1, PublishError.timeout.rawValue)
        case .ready(let token, let readiness):
            let slot = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
            guard generations[slot] == UInt32(truncatingIfNeeded: token >> 32) else { return }
            ready(slot, readiness)
        }
    }

    /// Sends the messages whose moment has come, as far as there are connections.
    func publishDue() {
        guard !isEnding else { return }
        while begun < MessageStamp.sequences - 1 {
            let scheduled = started + publisher.moment(of: begun)
            guard scheduled <= MonotonicClock.now() else {
                loop.timers.set(Self.scheduleTimer, at: max(scheduled, loop.turnStarted + 1))
                return
            }
            // Without a connection, the end of another message comes back here.
            guard let slot = idleSlot() ?? freeSlot() else { return }
            begun += 1
            let sequence = table.begin(scheduled: scheduled) { noteEnd($0) }
            if connections[slot] != nil {
                carry(sequence, on: slot)
            } else {
                open(slot, for: sequence)
            }
        }
    }

    /// An idle connection that may be used again; those that were idle for too long are closed.
    private func idleSlot() -> Int? {
        let now = MonotonicClock.now()
        for slot in connections.indices {
            guard let connection = connections[slot], connection.phase == .idle else { continue }
            if now - connection.idleSince <= Self.idleTime { return slot }
            close(slot)
        }
        return nil
    }

    private func freeSlot() -> Int? { connections.firstIndex { $0 == nil } }

    private func open(_ slot: Int, for sequence: UInt32) {
        let target = publisher.targets[nextTarget % publisher.targets.count]
        nextTarget += 1
        do throws(SystemError) {
            let stream = try ByteStream.connect(to: target, tls: publisher.tls)
            connections[slot] = PublishConnection(stream, sequence: sequence)
            loop.timers.set(slot + 1, at: MonotonicClock.now() + Self.timeout)
            let token = UInt64(slot) | UInt64(generations[slot]) << 32
            try loop.add(stream.descriptor, for: [.readable, .writable, .peerClosed, .edgeTriggered], token: token)
        } catch {
            count(error.name)
            if connections[slot] != nil { close(slot) }
        }
    }

    /// Counts a message that was not taken.
    func count(_ error: String) { counts.errors[error, default: 0] += 1 }

    /// Closes a connection; a message that it carries is to be counted before.
    func close(_ slot: Int) {
        connections[slot]?.close()
        connections[slot] = nil
        generations[slot] &+= 1
        loop.timers.cancel(slot + 1)
    }

    /// Ends a connection in an error, and with it the message that it carries.
    func fail(_ slot: Int, _ error: String) {
        if connections[slot]?.sequence ?? 0 > 0 { count(error) }
        close(slot)
        publishDue()
    }

    private func countScheduled(until moment: Nanoseconds) {
        let first = started + publisher.start
        guard moment >= first else { return }
        let due = UInt64((moment - first).inSeconds * publisher.rate) + 1
        counts.scheduled = max(due, UInt64(begun))
    }

    /// Counts what became of a message, once nothing more can come of it.
    private func noteEnd(_ entry: UnsafeMutablePointer<MessageEntry>) {
        counts.reach?.note(
            received: UInt64(entry.pointee.received.load(ordering: .relaxed)),
            lost: UInt64(entry.pointee.lost.load(ordering: .relaxed))
        )
        let (first, last) = (entry.pointee.first.load(ordering: .relaxed), entry.pointee.last.load(ordering: .relaxed))
        if last >= first { counts.spread.record(last - first) }
    }
}

/// The publishers of a load, each on a thread of its own.
final class Publishing: Sendable {
    /// What the workers watch for.
    let messages: PublishedMessages
    private let publishers: [PublisherThread]

    /// Publishers whose loops stand, but which have sent nothing.
    ///
    /// - Parameter scenarios: the load's scenarios, by name.
    /// - Throws: `EMFILE` and the like where the kernel gives no event loop.
    init(_ publishers: [LoadPublisher], scenarios: [String]) throws(SystemError) {
        precondition(publishers.count <= MessageStamp.publishers)
        let run = MonotonicClock.now() / .perMicrosecond % MessageStamp.runs
        var messages = PublishedMessages()
        var threads: [PublisherThread] = []
        for (position, publisher) in publishers.enumerated() {
            let table = MessageTable()
            threads.append(
                try PublisherThread(publisher, table: table, run: run, position: position, scenarios: scenarios)
            )
            messages.publishers.append(
                WatchedPublisher(
                    name: publisher.name,
                    table: table,
                    rule: DeliveryRule(grace: publisher.grace),
                    words: publisher.windowWords,
                    scenarios: scenarios.map { publisher.scenarios?.contains($0) ?? true }
                )
            )
        }
        if !publishers.isEmpty { messages.reader = MessageStampReader(run: run) }
        self.messages = messages
        self.publishers = threads
    }

    /// Starts to publish.
    ///
    /// - Parameter moment: the start of the load, in ns of the monotonic clock.
    /// - Returns: the threads, to be joined after ``stop()``.
    /// - Throws: `EAGAIN` where the system has no thread left; those that were started are to be stopped and joined all
    ///   the same.
    func start(at moment: Nanoseconds, _ threads: inout [OperatingSystemThread]) throws(SystemError) {
        for (index, publisher) in publishers.enumerated() {
            threads.append(
                try OperatingSystemThread(name: "publisher-\(index)") { publisher.run(from: moment) }
            )
        }
    }

    /// Publishes no more.
    func stop() {
        for publisher in publishers { publisher.stop() }
    }

    /// What the publishers did, once their threads have ended.
    var records: [DeliveryRecord] {
        publishers.map { thread in
            var record = DeliveryRecord(publisher: thread.publisher.name)
            record.publishing = thread.counts
            return record
        }
    }
}
