import EventLoop
import Vocabulary

/// The faults that make a server's state hard to read, though its clients are in order.
extension Faults {
    static let cachedState = FaultDefinition(
        .cachedState,
        "What is told of the state is made anew at most every 5 s; no leak, but late."
    )
    static let poolWarmUp = FaultDefinition(
        .poolWarmUp,
        "A pool grows by one with each of the first 60 streams and stays: no leak, as it grows no further."
    )
    static let counterAsGauge = FaultDefinition(
        .counterAsGauge,
        "A total of all streams so far, `opened`, stands among the state's counts: no leak, as it only counts."
    )
    static let blindGauge = FaultDefinition(
        .blindGauge,
        "Every count of the state is always 0: nothing can be said of leaks."
    )
    static let preforkState = FaultDefinition(
        .preforkState,
        "Clients are dealt to three workers, and each connection is told the state of one of them, with its `pid`."
    )
    static let collectedLate = FaultDefinition(
        .collectedLate,
        "Clients that have gone are counted until a sweep collects them, every 8 s; no leak, but late."
    )

    /// How long an answer about the state is kept, in ns.
    static let cacheTime: Nanoseconds = 5 * .perSecond
    /// How much a pool holds at most.
    static let poolLimit = 60
    /// Whether clients that have gone are counted until a sweep collects them.
    var collectsLate: Bool { contains(.collectedLate) }
    /// How often clients that have gone are collected, in ns.
    static let sweepTime: Nanoseconds = 8 * .perSecond
    /// The workers that clients are dealt to.
    static let workers = 3
}

/// What a server tells of its state, as its faults let it.
final class StateView: Sendable {
    /// One worker's, or the server's, counts.
    struct Snapshot: Equatable, Sendable {
        var counts = RegistryCounts()
        var sockets = 0
        var slots = 0
        var queuedBytes = 0
        var producers = 0
        var pool = 0
        var opened = 0
        /// The worker that tells it.
        var pid = 0
    }

    private let registry: any ClientRegistry
    private let metrics: ServerMetrics
    private let faults: Faults
    private let cache = Locked<[Int: (snapshot: Snapshot, made: Nanoseconds)]>([:])

    init(_ registry: any ClientRegistry, _ metrics: ServerMetrics, _ faults: Faults) {
        (self.registry, self.metrics, self.faults) = (registry, metrics, faults)
    }

    /// The state as a connection is told it.
    ///
    /// - Parameter connection: its number; each meets one worker.
    func snapshot(for connection: Int) -> Snapshot {
        let worker = faults.contains(.preforkState) ? connection % Faults.workers : 0
        guard faults.contains(.cachedState) else { return make(worker) }
        return cache.withLock { cache in
            let now = MonotonicClock.now()
            if let kept = cache[worker], now < kept.made + Faults.cacheTime { return kept.snapshot }
            let snapshot = make(worker)
            cache[worker] = (snapshot, now)
            return snapshot
        }
    }

    private func make(_ worker: Int) -> Snapshot {
        var snapshot = Snapshot()
        snapshot.pid = worker + 1
        guard !faults.contains(.blindGauge) else { return snapshot }
        snapshot.counts =
            faults.contains(.preforkState) ? registry.counts(of: worker, among: Faults.workers) : registry.counts
        snapshot.sockets = share(metrics.sockets.value, worker)
        snapshot.slots = share(metrics.slots.value, worker)
        snapshot.queuedBytes = share(metrics.queuedBytes.value, worker)
        snapshot.producers = share(metrics.producers.value, worker)
        if faults.contains(.poolWarmUp) { snapshot.pool = share(min(metrics.opened.value, Faults.poolLimit), worker) }
        if faults.contains(.counterAsGauge) { snapshot.opened = share(metrics.opened.value, worker) }
        return snapshot
    }

    /// A worker's share of what is not dealt by client: the shares of all add up.
    private func share(_ value: Int, _ worker: Int) -> Int {
        guard faults.contains(.preforkState) else { return value }
        return value / Faults.workers + (worker < value % Faults.workers ? 1 : 0)
    }
}

/// The clients that have gone and are still counted, as nothing has collected them yet.
struct UncollectedClients {
    private var sweep: Nanoseconds = 0
    private var workers: [Int: Int] = [:]

    /// How many of a worker's are left.
    mutating func count(of worker: Int?, at now: Nanoseconds) -> Int {
        collect(at: now)
        return worker.map { workers[$0] ?? 0 } ?? workers.values.reduce(0, +)
    }

    /// A worker's client has gone.
    mutating func add(_ worker: Int, at now: Nanoseconds) {
        collect(at: now)
        workers[worker, default: 0] += 1
    }

    private mutating func collect(at now: Nanoseconds) {
        let current = now / Faults.sweepTime
        if current != sweep { workers = [:] }
        sweep = current
    }
}

extension Faults {
    /// The faults that harm no client, and only make the server's state hard to read.
    static let ofState = [
        cachedState, poolWarmUp, counterAsGauge, blindGauge, preforkState, collectedLate,
    ]
}
