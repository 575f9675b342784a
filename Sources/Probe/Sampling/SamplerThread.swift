import EventLoop
import Glibc
import Synchronization
import Vocabulary

/// Reads one probe on a thread of its own, at moments that no slow reading moves.
final class SamplerThread: @unchecked Sendable {
    /// Under the monitor's lock.
    private struct State {
        var histories: [GaugeHistory]
        var latest: [GaugeSample] = []
        /// Fresh readings asked for so far, and the number of the last one that was taken.
        var requested = 0
        var answered = 0
        var isStopping = false
        var hasEnded = false
    }

    private enum Task {
        case scheduled
        case requested(Int)
        case stop
    }

    let reader: any GaugeReader
    private let schedule: SamplingSchedule
    private let epoch: Nanoseconds
    private let monitor: Monitor<State>
    private var thread: OperatingSystemThread?

    /// Starts the thread; it keeps itself alive until it is stopped.
    ///
    /// - Throws: `EAGAIN` where the system has no thread left.
    init(reader: any GaugeReader, period: Nanoseconds, epoch: Nanoseconds) throws(SystemError) {
        self.reader = reader
        self.epoch = epoch
        schedule = SamplingSchedule(start: MonotonicClock.now(), period: period)
        monitor = Monitor(State(histories: reader.gauges.map { _ in GaugeHistory() }))
        thread = try OperatingSystemThread(name: "probe \(reader.probe)") { [self] in run() }
    }

    /// Whether each reading is to be taken over a fresh connection, so that another process may answer.
    let isAfresh = Atomic<Bool>(false)
    /// Who answered while that was so.
    let identities = Locked<Set<AnswerIdentity>>([])
    /// Identities that are told apart.
    private static let identityLimit = 64

    private func run() {
        defer { monitor.change { $0.hasEnded = true } }
        var next = schedule.start
        while true {
            let task: Task? = monitor.wait(until: next) { state in
                if state.isStopping { return .stop }
                return state.requested > state.answered ? .requested(state.requested) : nil
            }
            switch task ?? .scheduled {
            case .stop:
                return
            case .requested(let number):
                sample(answering: number)
            case .scheduled:
                sample(answering: nil)
            }
            let now = MonotonicClock.now()
            if now >= next {
                let (following, missed) = schedule.advance(from: next, now: now)
                if missed > 0 { countMissed(missed, since: next + schedule.period) }
                next = following
            }
        }
    }

    private func sample(answering number: Int?) {
        let time = seconds(MonotonicClock.now())
        let readings = readAsAsked()
        precondition(readings.count == reader.gauges.count, "a reader gives a reading for every gauge")
        monitor.change { state in
            state.latest.removeAll(keepingCapacity: true)
            for (index, reading) in readings.enumerated() {
                state.histories[index].append(reading, at: time)
                state.latest.append(sample(index, time, reading))
            }
            if let number { state.answered = number }
        }
    }

    /// Reads, over a fresh connection where that was asked for, and notes who answered.
    private func readAsAsked() -> [GaugeReading] {
        guard isAfresh.load(ordering: .relaxed), let identifying = reader as? any IdentifyingGaugeReader else {
            return reader.read()
        }
        let readings = identifying.readAfresh()
        if let identity = identifying.identity {
            identities.withLock { met in if met.count < Self.identityLimit { met.insert(identity) } }
        }
        return readings
    }

    private func sample(_ index: Int, _ time: Double, _ reading: GaugeReading) -> GaugeSample {
        GaugeSample(probe: reader.probe, gauge: reader.gauges[index], time: time, reading: reading)
    }

    private func countMissed(_ count: UInt64, since moment: Nanoseconds) {
        let time = seconds(moment)
        monitor.withLock { state in
            for index in state.histories.indices {
                state.histories[index].addGaps(count, name: GapName.probeBusy, at: time)
            }
        }
    }

    private func seconds(_ moment: Nanoseconds) -> Double {
        moment >= epoch ? (moment - epoch).inSeconds : -(epoch - moment).inSeconds
    }

    /// Asks for a reading that begins from now on.
    ///
    /// - Returns: the request's number, for ``answer(to:by:)``.
    func request() -> Int {
        monitor.change { state in
            state.requested += 1
            return state.requested
        }
    }

    /// Waits for a reading that was asked for.
    ///
    /// - Parameter deadline: in ns of the monotonic clock; after it every gauge is a gap.
    func answer(to request: Int, by deadline: Nanoseconds) -> [GaugeSample] {
        let answer: [GaugeSample]? = monitor.wait(until: deadline) { state in
            if state.answered >= request { return state.latest }
            return state.hasEnded ? gaps(GapName.stopped) : nil
        }
        return answer ?? gaps(GapName.timeout)
    }

    private func gaps(_ name: String) -> [GaugeSample] {
        let time = seconds(MonotonicClock.now())
        return reader.gauges.indices.map { sample($0, time, .gap(name)) }
    }

    /// The latest readings; none before the first.
    var latest: [GaugeSample] { monitor.withLock { $0.latest } }

    /// What has been read of each gauge so far, in the reader's order.
    var histories: [GaugeHistory] { monitor.withLock { $0.histories } }

    /// What each gauge showed in a window, in seconds.
    func figures(from start: Double, to end: Double) -> [GaugeFigures] {
        monitor.withLock { state in
            state.histories.enumerated().map { index, history in
                let summary = history.series.summary(from: start, to: end)
                return GaugeFigures(
                    probe: reader.probe,
                    gauge: reader.gauges[index],
                    minimum: summary?.minimum,
                    maximum: summary?.maximum,
                    last: summary?.last
                )
            }
        }
    }

    /// Tells the thread to end after the reading it may be taking.
    func requestStop() { monitor.change { $0.isStopping = true } }

    /// Waits for the thread's end; to be called once, by the sampler.
    func join() {
        thread?.join()
        thread = nil
    }
}

/// The moments at which a probe is read: `start + n × period`, whatever a reading takes.
struct SamplingSchedule: Equatable, Sendable {
    /// The shortest period; a shorter one would only measure the probe.
    static let shortestPeriod = Nanoseconds.perMillisecond

    /// The first moment, in ns of the monotonic clock.
    let start: Nanoseconds
    /// The period, in ns.
    let period: Nanoseconds

    /// A schedule; too short a period is made the shortest one.
    init(start: Nanoseconds, period: Nanoseconds) {
        self.start = start
        self.period = max(period, Self.shortestPeriod)
    }

    /// The first moment after now.
    ///
    /// - Parameter moment: the moment that was served last, not after now.
    /// - Returns: it, and how many moments between have passed unserved.
    func advance(from moment: Nanoseconds, now: Nanoseconds) -> (next: Nanoseconds, missed: UInt64) {
        let missed = (now - moment) / period
        let (next, overflow) = (moment + missed * period).addingReportingOverflow(period)
        return (overflow ? .max : next, missed)
    }
}

/// A value that several threads share, with a lock and a condition to wait for its change.
///
/// Waits end at moments of the monotonic clock, which the standard library's lock has no way to do.
final class Monitor<State>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    /// A monitor of a value.
    init(_ state: State) {
        self.state = state
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Calls a body with the value, alone.
    func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state)
    }

    /// Changes the value and wakes every waiting thread.
    func change<Result>(_ body: (inout State) -> Result) -> Result {
        defer { pthread_cond_broadcast(condition) }
        return withLock(body)
    }

    /// Waits until a body gives a result, which is asked again after each change.
    ///
    /// - Parameter deadline: in ns of the monotonic clock.
    /// - Returns: nil once the deadline has passed.
    func wait<Result>(until deadline: UInt64, for body: (inout State) -> Result?) -> Result? {
        var moment = timespec(tv_sec: Int(clamping: deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            if pthread_cond_timedwait(condition, mutex, &moment) == ETIMEDOUT { return body(&state) }
        }
    }
}
