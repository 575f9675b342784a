import EventLoop
import HTTP
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
    /// The timer of the next message; a connection's timer is its slot plus one.
    private static let scheduleTimer = 0

    let publisher: LoadPublisher
    private let table: MessageTable
    private let run: UInt64
    /// The publisher's position, which its stamps carry.
    private let position: Int
    private let scenarios: [String]
    private(set) var counts = PublishingCounts()
    private let carriers: RequestConnections
    private var loop: EventLoop { carriers.loop }
    /// The message that each connection carries and that has no answer yet; 0 for none.
    private var sequences = [UInt32](repeating: 0, count: connections)
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
        carriers = try RequestConnections(capacity: Self.connections, firstTimer: Self.scheduleTimer + 1)
        self.publisher = publisher
        self.table = table
        self.run = run
        self.position = position
        self.scenarios = scenarios
        counts.reach = ReachCounts()
    }

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
                try carriers.wait(until: end)
                loop.report { handle($0) }
            }
        } catch {
            count(error.name)
            countScheduled(until: MonotonicClock.now())
        }
        for sequence in sequences where sequence > 0 { count(PublishError.unanswered.rawValue) }
        carriers.closeAll()
        table.forEach { noteEnd($0) }
        counts.stops = table.stop.map { [$0.record(since: started, scenarios: scenarios)] }
    }

    private var isDone: Bool { isEnding && !sequences.contains { $0 > 0 } }

    private func handle(_ occurrence: Occurrence) {
        switch occurrence {
        case .woken: break
        case .expired(Self.scheduleTimer, _): publishDue()
        case .expired(let timer, _):
            carriers.fail(timer - Self.scheduleTimer - 1, PublishError.timeout.rawValue, for: self)
        case .ready(let token, let readiness): carriers.ready(token, readiness, for: self)
        }
    }

    /// Sends the messages whose moment has come, as far as there are connections.
    private func publishDue() {
        guard !isEnding else { return }
        while begun < MessageStamp.sequences - 1 {
            let scheduled = started + publisher.moment(of: begun)
            guard scheduled <= MonotonicClock.now() else {
                loop.timers.set(Self.scheduleTimer, at: max(scheduled, loop.turnStarted + 1))
                return
            }
            // Without a connection, the end of another message comes back here.
            let idleSlot = carriers.idleSlot(within: Self.idleTime)
            guard let slot = idleSlot ?? carriers.freeSlot else { return }
            begun += 1
            sequences[slot] = table.begin(scheduled: scheduled) { noteEnd($0) }
            if idleSlot != nil {
                carriers.carry(on: slot, until: MonotonicClock.now() + Self.timeout, for: self)
            } else {
                open(slot)
            }
        }
    }

    private func open(_ slot: Int) {
        let target = publisher.targets[nextTarget % publisher.targets.count]
        nextTarget += 1
        do throws(SystemError) {
            try carriers.open(slot, to: target, tls: publisher.tls, until: MonotonicClock.now() + Self.timeout)
        } catch {
            sequences[slot] = 0
            count(error.name)
        }
    }

    /// Counts a message that was not taken.
    private func count(_ error: String) { counts.errors[error, default: 0] += 1 }

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

/// A message's way: out as a request, and taken or not as the answer's head says.
extension PublisherThread: RequestOwner {
    func request(_ slot: Int) -> HTTPRequest {
        let sequence = sequences[slot]
        let stamp = MessageStamp(publisher: position, sequence: sequence)
        let now = MonotonicClock.now()
        let request = publisher.request(number: stamp.number(run: run), at: now)
        counts.sent += 1
        if let scheduled = table.entry(sequence)?.pointee.scheduled.load(ordering: .relaxed),
            now > scheduled + Self.lateness
        {
            counts.late += 1
        }
        table.send(sequence, at: now)
        return request
    }

    func answered(_ slot: Int, _ status: Int, at moment: Nanoseconds) {
        let sequence = sequences[slot]
        sequences[slot] = 0
        guard (200..<300).contains(status) else { return count("HTTP_\(status)") }
        counts.accepted += 1
        if let scheduled = table.entry(sequence)?.pointee.scheduled.load(ordering: .relaxed) {
            counts.answer.record(moment > scheduled ? moment - scheduled : 0)
        }
        table.accept(sequence, at: moment)
    }

    func completed(_ slot: Int, at moment: Nanoseconds) { publishDue() }

    func failed(_ slot: Int, _ name: String) {
        // A message whose answer breaks off behind its head has been counted.
        if sequences[slot] > 0 { count(name) }
        sequences[slot] = 0
        publishDue()
    }
}

/// The names of errors in which a message was not taken, beside those of sockets, TLS, HTTP and statuses.
package enum PublishError: String, Sendable {
    /// The answer did not come in time.
    case timeout = "TIMEOUT_PUBLISH"
    /// The load ended, and a grace time later the answer had not come.
    case unanswered = "UNANSWERED_AT_END"
}
