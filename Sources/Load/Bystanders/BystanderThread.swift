import EventLoop
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
    /// The longest head of an answer, in bytes.
    static let headBytes = 64 << 10
    /// The longest body of an answer, in bytes.
    static let bodyBytes = 4 << 20
    /// How long requests that are under way at the end are waited for, in ns.
    static let grace: Nanoseconds = 1 * .perSecond

    let loop: EventLoop
    let bystanders: [LoadBystander]
    /// What each bystander saw.
    private(set) var parts: [BystanderRecord.Part]
    var connections: [BystanderConnection?] = Array(repeating: nil, count: connections)
    /// How often each slot was used, so that late readiness is not taken for another connection's.
    private var generations = [UInt32](repeating: 0, count: connections)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 16)
    var realtime = RealtimeOffset()
    /// The load beside which they are sent; nil where there is none.
    private let progress: LoadProgress?
    /// Each bystander's next moment, in ns of the monotonic clock.
    private var next: [Nanoseconds]
    private var nextTarget = 0
    private let isStopped = Atomic<Bool>(false)

    init(_ bystanders: [LoadBystander], beside progress: LoadProgress?) throws(SystemError) {
        loop = try EventLoop()
        self.bystanders = bystanders
        self.progress = progress
        parts = bystanders.map { _ in BystanderRecord.Part() }
        next = bystanders.map { _ in 0 }
    }

    deinit { buffer.deallocate() }

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
            while end == .max || (connections.contains { $0 != nil } && loop.turnStarted < end) {
                if isStopped.load(ordering: .relaxed), end == .max {
                    end = MonotonicClock.now() + Self.grace
                    for index in bystanders.indices { loop.timers.cancel(index) }
                    continue
                }
                try loop.wait(until: end)
                realtime.look()
                loop.report { handle($0) }
            }
        } catch {
            for index in bystanders.indices { parts[index].errors[error.name, default: 0] += 1 }
        }
        for slot in connections.indices {
            guard let connection = connections[slot] else { continue }
            parts[connection.bystander].cutShort += 1
            close(slot)
        }
    }

    private func handle(_ occurrence: Occurrence) {
        switch occurrence {
        case .woken: break
        case .expired(let timer, let late) where timer < bystanders.count: due(timer, lateBy: late)
        case .expired(let timer, _): fail(timer - bystanders.count, BystanderError.timeout.rawValue)
        case .ready(let token, let readiness):
            let slot = Int(truncatingIfNeeded: token & 0xFFFF_FFFF)
            guard generations[slot] == UInt32(truncatingIfNeeded: token >> 32), let connection = connections[slot]
            else { return }
            ready(slot, connection, readiness)
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
        guard let slot = connections.firstIndex(where: { $0 == nil }) else {
            parts[index].leftOut += 1
            return
        }
        let bystander = bystanders[index]
        let target = bystander.targets[nextTarget % bystander.targets.count]
        nextTarget += 1
        parts[index].sent += 1
        do throws(SystemError) {
            let stream = try ByteStream.connect(to: target, tls: bystander.tls)
            connections[slot] = BystanderConnection(
                stream,
                of: index,
                scheduled: scheduled,
                request: bystander.request
            )
            loop.timers.set(bystanders.count + slot, at: scheduled + bystander.timeout)
            let token = UInt64(slot) | UInt64(generations[slot]) << 32
            try loop.add(stream.descriptor, for: [.readable, .writable, .peerClosed, .edgeTriggered], token: token)
        } catch {
            parts[index].errors[error.name, default: 0] += 1
            if connections[slot] != nil { close(slot) }
        }
    }

    /// Counts a request whose answer has come whole.
    func answered(_ slot: Int, at moment: Nanoseconds) {
        guard let connection = connections[slot] else { return }
        let index = connection.bystander
        if bystanders[index].accepts(connection.status) {
            parts[index].answered += 1
            parts[index].latency.record(moment - min(connection.scheduled, moment))
        } else {
            parts[index].errors["HTTP_\(connection.status)", default: 0] += 1
        }
        close(slot)
    }

    /// Counts a request that failed.
    func fail(_ slot: Int, _ name: String) {
        guard let connection = connections[slot] else { return }
        parts[connection.bystander].errors[name, default: 0] += 1
        close(slot)
    }

    private func close(_ slot: Int) {
        connections[slot]?.close()
        connections[slot] = nil
        generations[slot] &+= 1
        loop.timers.cancel(bystanders.count + slot)
    }
}
