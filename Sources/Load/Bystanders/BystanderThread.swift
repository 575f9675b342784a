import EventLoop
import HTTP
import Record
import Synchronization
import Transport
import Vocabulary

/// Sends the requests of all bystanders through one part of a run, on a thread and an event loop of its own.
///
/// Open loop: a request is sent at its moment, whatever became of those before it, and its latency counts from there.
final class BystanderThread: @unchecked Sendable {
    /// Requests under way at a time, of all bystanders.
    static let connections = 256
    /// How long requests that are under way at the end are waited for, in ns.
    static let grace: Nanoseconds = 1 * .perSecond
    /// The name of the error in which no answer comes in time.
    private static let timeoutName = "TIMEOUT_ANSWER"

    /// A request that is under way.
    private struct Question {
        /// Which bystander's it is.
        let bystander: Int
        /// When it was to be sent, in ns of the monotonic clock.
        let scheduled: Nanoseconds
        /// The status of the answer, once it is there.
        var status = 0
    }

    private let bystanders: [LoadBystander]
    /// What each bystander saw.
    private(set) var parts: [BystanderRecord.Part]
    private let carriers: RequestConnections
    private var loop: EventLoop { carriers.loop }
    /// What each connection carries.
    private var questions: [Question?] = Array(repeating: nil, count: connections)
    /// The load beside which they are sent; nil where there is none.
    private let progress: LoadProgress?
    /// Each bystander's next moment, in ns of the monotonic clock.
    private var next: [Nanoseconds]
    private var nextTarget = 0
    private let isStopped = Atomic<Bool>(false)

    init(_ bystanders: [LoadBystander], beside progress: LoadProgress?) throws(SystemError) {
        carriers = try RequestConnections(capacity: Self.connections, firstTimer: bystanders.count)
        self.bystanders = bystanders
        self.progress = progress
        parts = bystanders.map { _ in BystanderRecord.Part() }
        next = bystanders.map { _ in 0 }
    }

    /// Sends no more; from any thread.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        loop.wake()
    }

    /// Sends requests until ``stop()``, then waits a grace time for the answers that are under way.
    func run() {
        let start = MonotonicClock.now()
        for (index, bystander) in bystanders.enumerated() {
            // Those of one period do not all ask in the same instant.
            next[index] = start + bystander.every * Nanoseconds(index) / Nanoseconds(bystanders.count)
            loop.timers.set(index, at: next[index])
        }
        var end = Nanoseconds.max
        do {
            while end == .max || (questions.contains { $0 != nil } && loop.turnStarted < end) {
                if isStopped.load(ordering: .relaxed), end == .max {
                    end = MonotonicClock.now() + Self.grace
                    for index in bystanders.indices { loop.timers.cancel(index) }
                    continue
                }
                try carriers.wait(until: end)
                loop.report { handle($0) }
            }
        } catch {
            for index in bystanders.indices { parts[index].errors[error.name, default: 0] += 1 }
        }
        for case let question? in questions { parts[question.bystander].cutShort += 1 }
        carriers.closeAll()
    }

    private func handle(_ occurrence: Occurrence) {
        switch occurrence {
        case .woken: break
        case .expired(let timer, let late) where timer < bystanders.count: due(timer, lateBy: late)
        case .expired(let timer, _): carriers.fail(timer - bystanders.count, Self.timeoutName, for: self)
        case .ready(let token, let readiness): carriers.ready(token, readiness, for: self)
        }
    }

    /// Sends the requests of a bystander whose moment has come: each that was missed while this thread stood still too.
    private func due(_ index: Int, lateBy late: Nanoseconds) {
        guard !isStopped.load(ordering: .relaxed) else { return }
        let now = MonotonicClock.now()
        while next[index] <= now {
            let scheduled = next[index]
            next[index] += bystanders[index].every
            guard progress.map({ $0.open.load(ordering: .relaxed) > 0 }) ?? true else { continue }
            parts[index].lag.record(now - scheduled)
            open(index, scheduled: scheduled)
        }
        loop.timers.set(index, at: max(next[index], loop.turnStarted + 1))
    }

    private func open(_ index: Int, scheduled: Nanoseconds) {
        guard let slot = carriers.freeSlot else {
            parts[index].leftOut += 1
            return
        }
        let bystander = bystanders[index]
        let target = bystander.targets[nextTarget % bystander.targets.count]
        nextTarget += 1
        parts[index].sent += 1
        questions[slot] = Question(bystander: index, scheduled: scheduled)
        do throws(SystemError) {
            try carriers.open(slot, to: target, tls: bystander.tls, until: scheduled + bystander.timeout)
        } catch {
            failed(slot, error.name)
        }
    }
}

/// A bystander's request on its way: one to a connection, answered when the answer is whole.
extension BystanderThread: RequestOwner {
    func request(_ slot: Int) -> HTTPRequest {
        guard let question = questions[slot] else { preconditionFailure("a connection is opened for a question") }
        return bystanders[question.bystander].request
    }

    func answered(_ slot: Int, _ status: Int, at moment: Nanoseconds) { questions[slot]?.status = status }

    func completed(_ slot: Int, at moment: Nanoseconds) {
        guard let question = questions[slot] else { return }
        let index = question.bystander
        if bystanders[index].accepts(question.status) {
            parts[index].answered += 1
            parts[index].latency.record(moment - min(question.scheduled, moment))
        } else {
            parts[index].errors["HTTP_\(question.status)", default: 0] += 1
        }
        questions[slot] = nil
    }

    func failed(_ slot: Int, _ name: String) {
        guard let question = questions[slot] else { return }
        parts[question.bystander].errors[name, default: 0] += 1
        questions[slot] = nil
    }
}
