import Vocabulary

/// The registry with the bug: it inserts a client after it has registered the close handler.
///
/// A socket that closes between (3) and (6) finds nothing to delete but the timer; (6) then inserts a dead client that
/// only a failing broadcast will remove.
public final class RacyRegistry: ClientRegistry {
    private let maps: ClientMaps

    /// An empty registry.
    ///
    /// - Parameters:
    ///   - timers: where inactivity timers are started.
    ///   - inactivity: after how long without a write a client is removed, in ns.
    ///   - faults: the faults that are switched on.
    ///   - pause: what happens between (3) and (4); the default goes on at once.
    public init(
        timers: any InactivityTimers,
        inactivity: Nanoseconds,
        faults: Faults = Faults(),
        pause: @escaping RegistrationPause = { continuation in continuation() }
    ) {
        maps = ClientMaps(timers: timers, inactivity: inactivity, faults: faults, pause: pause)
    }

    /// A registry over maps that others share.
    init(_ maps: ClientMaps) { self.maps = maps }

    /// Takes a response up as a client, in the order that leaks.
    public func register(
        _ response: any ServerResponse,
        for request: EventStreamRequest,
        registered: @escaping @Sendable (ClientID) -> Void
    ) {
        // (1) Make an id.
        let id = ClientID()
        // (2) Start an inactivity timer keyed by the id.
        maps.startTimeout(id)
        // (3) Register the close handler.
        response.onClose { [maps] in maps.unsubAll(id) }
        maps.pause { [maps] in
            // (4) Write the headers.
            response.writeHead(status: 200, fields: maps.faults.headFields)
            // (5) Write a first event that carries the id.
            response.write(maps.connected(id, for: request))
            // (6) Insert into `clients`, dead or alive.
            maps.insert(id, response)
            registered(id)
        }
    }
}

extension RacyRegistry {
    /// Adds topics to a client; finds a dead one as well.
    public func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError) {
        try maps.subscribe(id, to: topics)
    }

    /// Takes topics from a client.
    public func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError) {
        try maps.unsubscribe(id, from: topics)
    }

    /// Sends an event to every client of a topic; a dead client of the topic is removed here.
    public func broadcast(topic: String, data: String, sent: @escaping @Sendable (Int) -> Void) {
        maps.broadcast(topic: topic, data: data, sent: sent)
    }

    /// Sends a client what it missed.
    public func replay(to id: ClientID, for request: EventStreamRequest) { maps.replay(to: id, for: request) }

    /// Restarts a client's inactivity timer.
    public func sent(to id: ClientID) { maps.sent(to: id) }

    /// How much is held now, dead clients included.
    public var counts: RegistryCounts { maps.counts }

    /// How much one of several workers holds, which clients are dealt to.
    public func counts(of worker: Int, among workers: Int) -> RegistryCounts {
        maps.counts(of: worker, among: workers)
    }
}
