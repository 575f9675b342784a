import Synchronization
import Vocabulary

/// The three maps of a registry and what both registries do with them.
///
/// The lock is never held while a response or a timer is called: a response may call its close handler, and so this
/// class, at any moment.
final class ClientMaps: Sendable {
    private struct Maps {
        var clients: [ClientID: any ServerResponse] = [:]
        var clientTimeouts: [ClientID: any InactivityTimer] = [:]
        var clientTopics: [ClientID: [String]] = [:]
        var subscriptions = 0
    }

    private struct Recipient {
        let id: ClientID
        let response: any ServerResponse
        let timeout: (any InactivityTimer)?
    }

    private let maps = Mutex(Maps())
    private let timers: any InactivityTimers
    private let inactivity: Nanoseconds

    init(timers: any InactivityTimers, inactivity: Nanoseconds) {
        self.timers = timers
        self.inactivity = inactivity
    }

    func startTimeout(_ id: ClientID) {
        let timeout = timers.start(after: inactivity) { [weak self] in self?.unsubAll(id)?.end() }
        maps.withLock { $0.clientTimeouts[id] = timeout }
    }

    func insert(_ id: ClientID, _ response: any ServerResponse) {
        maps.withLock { $0.clients[id] = response }
    }

    /// Deletes a client from all three maps.
    ///
    /// - Returns: its response; nil where it is not in `clients`.
    @discardableResult
    func unsubAll(_ id: ClientID) -> (any ServerResponse)? {
        // Taken out of the lock, so that nothing is freed within it either.
        let (response, timeout) = maps.withLock { maps in
            maps.subscriptions -= maps.clientTopics.removeValue(forKey: id)?.count ?? 0
            return (maps.clients.removeValue(forKey: id), maps.clientTimeouts.removeValue(forKey: id))
        }
        timeout?.cancel()
        return response
    }

    func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError) {
        try maps.withLock { maps throws(RegistryError) in
            guard maps.clients[id] != nil else { throw .unknownClient }
            let old = maps.clientTopics[id] ?? []
            var new = old
            for topic in topics where !new.contains(topic) { new.append(topic) }
            guard new.count <= ClientRegistryLimits.topicsPerClient else { throw .topicLimit }
            guard !new.isEmpty else { return }
            maps.clientTopics[id] = new
            maps.subscriptions += new.count - old.count
        }
    }

    func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError) {
        try maps.withLock { maps throws(RegistryError) in
            guard maps.clients[id] != nil else { throw .unknownClient }
            guard let old = maps.clientTopics[id] else { return }
            let new = old.filter { !topics.contains($0) }
            maps.clientTopics[id] = new.isEmpty ? nil : new
            maps.subscriptions += new.count - old.count
        }
    }

    func broadcast(topic: String, data: String) -> Int {
        let recipients = maps.withLock { maps in
            maps.clientTopics.compactMap { id, topics -> Recipient? in
                guard topics.contains(topic), let response = maps.clients[id] else { return nil }
                return Recipient(id: id, response: response, timeout: maps.clientTimeouts[id])
            }
        }
        let event = EventBytes.event(data: data)
        var reached = 0
        for recipient in recipients {
            if recipient.response.write(event) {
                recipient.timeout?.restart()
                reached += 1
            } else {
                unsubAll(recipient.id)
            }
        }
        return reached
    }

    func sent(to id: ClientID) {
        maps.withLock { $0.clientTimeouts[id] }?.restart()
    }

    var counts: RegistryCounts {
        maps.withLock {
            RegistryCounts(clients: $0.clients.count, timers: $0.clientTimeouts.count, subscriptions: $0.subscriptions)
        }
    }
}
