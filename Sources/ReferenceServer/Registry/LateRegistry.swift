import Vocabulary

/// The registry of `late-close-handler`: it registers the close handler some time after it has inserted the client.
///
/// A socket that closes in between is noticed by the inactivity timer alone.
final class LateRegistry: ClientRegistry {
    private let maps: ClientMaps

    init(
        timers: any InactivityTimers,
        inactivity: Nanoseconds,
        faults: Faults = Faults([.lateCloseHandler]),
        pause: @escaping RegistrationPause = { continuation in continuation() }
    ) {
        maps = ClientMaps(timers: timers, inactivity: inactivity, faults: faults, pause: pause)
    }

    /// A registry over maps that others share.
    init(_ maps: ClientMaps) { self.maps = maps }

    /// Takes a response up as a client, and does not look whether it closed in the meantime.
    func register(
        _ response: any ServerResponse,
        for request: EventStreamRequest,
        registered: @escaping @Sendable (ClientID) -> Void
    ) {
        // (1) Make an id.
        let id = ClientID()
        // (2) Start an inactivity timer keyed by the id.
        maps.startTimeout(id)
        // (6) Insert into `clients`.
        maps.insert(id, response)
        maps.pause { [maps] in
            // (3) Register the close handler, which is never called where the socket has closed.
            response.onClose { maps.unsubAll(id) }
            // (4) Write the headers.
            response.writeHead(status: 200, fields: maps.faults.headFields)
            // (5) Write a first event that carries the id.
            response.write(maps.connected(id, for: request))
            registered(id)
        }
    }
}

extension LateRegistry {
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

    /// How much is held now.
    var counts: RegistryCounts { maps.counts }

    func counts(of worker: Int, among workers: Int) -> RegistryCounts {
        maps.counts(of: worker, among: workers)
    }
}
