import EventLoop
import Vocabulary

/// The three maps of a registry and what all registries do with them.
///
/// The lock is never held while a response or a timer is called: a response may call its close handler, and so this
/// class, at any moment.
final class ClientMaps: Sendable {
    struct Maps {
        var clients: [ClientID: any ServerResponse] = [:]
        var clientTimeouts: [ClientID: any InactivityTimer] = [:]
        var clientTopics: [ClientID: [String]] = [:]
        var topics = TopicTable()
        var log = BroadcastLog()
        var uncollected = UncollectedClients()
        /// The client that had the last event, where each goes to one.
        var served: ClientID?
    }

    let maps = Locked(Maps())
    let faults: Faults
    let pause: RegistrationPause
    let misdelivery: Locked<Misdelivery>
    private let timers: any InactivityTimers
    private let inactivity: Nanoseconds

    /// Empty maps.
    ///
    /// - Parameters:
    ///   - timers: where inactivity timers are started.
    ///   - inactivity: after how long without a write a client is removed, in ns.
    ///   - faults: the faults that are switched on.
    ///   - pause: what happens between (3) and (4); the default goes on at once.
    init(
        timers: any InactivityTimers,
        inactivity: Nanoseconds,
        faults: Faults = Faults(),
        pause: @escaping RegistrationPause = { continuation in continuation() }
    ) {
        self.timers = timers
        self.inactivity = inactivity
        self.faults = faults
        misdelivery = Locked(Misdelivery(lose: faults.lose, repeats: faults.repeats))
        self.pause = pause
    }

    func startTimeout(_ id: ClientID) {
        guard !faults.noticesAtSecondWrite else { return }
        let timeout = timers.start(after: inactivity) { [weak self] in self?.expired(id) }
        maps.withLock { $0.clientTimeouts[id] = timeout }
    }

    private func expired(_ id: ClientID) {
        _ = maps.withLock { $0.clientTimeouts.removeValue(forKey: id) }
        unsubAll(id)?.end()
    }

    func insert(_ id: ClientID, _ response: any ServerResponse) {
        let topics = faults.ownTopics(of: id)
        maps.withLock { maps in
            maps.clients[id] = response
            guard !topics.isEmpty else { return }
            maps.clientTopics[id] = topics
            maps.topics.add(topics)
        }
    }

    /// Deletes a client from all three maps.
    ///
    /// - Returns: its response; nil where it is not in `clients`.
    @discardableResult
    func unsubAll(_ id: ClientID) -> (any ServerResponse)? {
        // Taken out of the lock, so that nothing is freed within it either.
        let (response, timeout) = maps.withLock { maps in
            let topics = maps.clientTopics.removeValue(forKey: id) ?? []
            maps.topics.remove(topics, keepingEmpty: faults.keepsEmptyTopics)
            let timeout = faults.cancelsTimers ? maps.clientTimeouts.removeValue(forKey: id) : nil
            let response = maps.clients.removeValue(forKey: id)
            if response != nil, faults.collectsLate {
                maps.uncollected.add(Self.worker(of: id, among: Faults.workers), at: MonotonicClock.now())
            }
            return (response, timeout)
        }
        timeout?.cancel()
        return response
    }

    func sent(to id: ClientID) {
        maps.withLock { $0.clientTimeouts[id] }?.restart()
    }

    var counts: RegistryCounts {
        maps.withLock { maps in
            RegistryCounts(
                clients: maps.clients.count + maps.uncollected.count(of: nil, at: MonotonicClock.now()),
                timers: maps.clientTimeouts.count,
                subscriptions: maps.topics.subscriptions,
                topics: maps.topics.count
            )
        }
    }

    /// How much one of several workers holds: clients are dealt by their ids, topics by their order.
    func counts(of worker: Int, among workers: Int) -> RegistryCounts {
        maps.withLock { maps in
            let own = { (id: ClientID) in Self.worker(of: id, among: workers) == worker }
            let topics = maps.topics.count
            return RegistryCounts(
                clients: maps.clients.keys.count(where: own)
                    + maps.uncollected.count(of: worker, at: MonotonicClock.now()),
                timers: maps.clientTimeouts.keys.count(where: own),
                subscriptions: maps.clientTopics.reduce(0) { $0 + (own($1.key) ? $1.value.count : 0) },
                topics: topics / workers + (worker < topics % workers ? 1 : 0)
            )
        }
    }

    private static func worker(of id: ClientID, among workers: Int) -> Int { Int(id.value % UInt64(workers)) }
}

extension ClientMaps {
    func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError) {
        try maps.withLock { maps throws(RegistryError) in
            guard maps.clients[id] != nil else { throw .unknownClient }
            let old = maps.clientTopics[id] ?? []
            var new = old
            for topic in topics where !new.contains(topic) { new.append(topic) }
            guard new.count <= ClientRegistryLimits.topicsPerClient else { throw .topicLimit }
            guard !new.isEmpty else { return }
            maps.clientTopics[id] = new
            maps.topics.add(Array(new[old.count...]))
        }
    }

    func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError) {
        try maps.withLock { maps throws(RegistryError) in
            guard maps.clients[id] != nil else { throw .unknownClient }
            guard let old = maps.clientTopics[id] else { return }
            let new = old.filter { !topics.contains($0) }
            maps.clientTopics[id] = new.isEmpty ? nil : new
            maps.topics.remove(old.filter(topics.contains), keepingEmpty: faults.keepsEmptyTopics)
        }
    }
}

/// A registry that keeps its clients in ``ClientMaps``: it differs from others only in how it registers them.
protocol MapRegistry: ClientRegistry {
    /// Its maps, which others may share.
    var maps: ClientMaps { get }
}

extension MapRegistry {
    func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError) {
        try maps.subscribe(id, to: topics)
    }

    func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError) {
        try maps.unsubscribe(id, from: topics)
    }

    func broadcast(topic: String, data: String, sent: @escaping @Sendable (Int) -> Void) {
        maps.broadcast(topic: topic, data: data, sent: sent)
    }

    func replay(to id: ClientID, for request: EventStreamRequest) { maps.replay(to: id, for: request) }

    func sent(to id: ClientID) { maps.sent(to: id) }

    var counts: RegistryCounts { maps.counts }

    func counts(of worker: Int, among workers: Int) -> RegistryCounts {
        maps.counts(of: worker, among: workers)
    }
}

/// How many subscribers each topic has.
struct TopicTable {
    private var subscribers: [String: Int] = [:]
    /// Pairs of a client and a topic.
    private(set) var subscriptions = 0

    /// Topics that are known.
    var count: Int { subscribers.count }

    /// Counts one client more for each topic.
    mutating func add(_ topics: [String]) {
        for topic in topics { subscribers[topic, default: 0] += 1 }
        subscriptions += topics.count
    }

    /// Counts one client less for each topic, which has been added for it.
    mutating func remove(_ topics: [String], keepingEmpty: Bool) {
        for topic in topics {
            let rest = subscribers[topic, default: 1] - 1
            subscribers[topic] = rest == 0 && !keepingEmpty ? nil : rest
        }
        subscriptions -= topics.count
    }
}
