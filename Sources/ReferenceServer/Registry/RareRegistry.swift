import EventLoop

/// A registry of which only a share of the registrations go wrong, so that its leak is as rare as wanted.
///
/// Which ones is no chance: with a share of 1 in N it is every Nth, so that the number of leaks is known.
final class RareRegistry: ClientRegistry {
    private let maps: ClientMaps
    private let clean: FixedRegistry
    private let faulty: any ClientRegistry
    private let share: Double
    private let registrations = Locked(0)

    /// A registry over the maps that two others share.
    ///
    /// - Parameter share: the share of registrations that are the faulty one's, from 0 to 1.
    init(_ maps: ClientMaps, clean: FixedRegistry, faulty: any ClientRegistry, share: Double) {
        self.maps = maps
        self.clean = clean
        self.faulty = faulty
        self.share = share
    }

    /// Takes a response up as a client, in the order whose turn it is.
    func register(
        _ response: any ServerResponse,
        for request: EventStreamRequest,
        registered: @escaping @Sendable (ClientID) -> Void
    ) {
        let registry: any ClientRegistry = isFaultysTurn() ? faulty : clean
        registry.register(response, for: request, registered: registered)
    }

    private func isFaultysTurn() -> Bool {
        let number = registrations.withLock { number in
            number += 1
            return Double(number)
        }
        return (number * share).rounded(.down) > ((number - 1) * share).rounded(.down)
    }
}

extension RareRegistry {
    /// Adds topics to a client.
    func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError) {
        try maps.subscribe(id, to: topics)
    }

    /// Takes topics from a client.
    func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError) {
        try maps.unsubscribe(id, from: topics)
    }

    /// Sends an event to every client of a topic.
    func broadcast(topic: String, data: String, sent: @escaping @Sendable (Int) -> Void) {
        maps.broadcast(topic: topic, data: data, sent: sent)
    }

    /// Sends a client what it missed.
    func replay(to id: ClientID, for request: EventStreamRequest) { maps.replay(to: id, for: request) }

    /// Restarts a client's inactivity timer.
    func sent(to id: ClientID) { maps.sent(to: id) }

    /// How much is held now, dead clients included.
    var counts: RegistryCounts { maps.counts }

    func counts(of worker: Int, among workers: Int) -> RegistryCounts {
        maps.counts(of: worker, among: workers)
    }
}
