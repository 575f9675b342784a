import Vocabulary

/// The registry without the bug: it inserts a client before it registers the close handler.
///
/// Whenever the socket closes, either the handler is called and finds the client, or the response says that it is
/// closed already.
public final class FixedRegistry: ClientRegistry {
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

    /// Takes a response up as a client, in the order that does not leak.
    public func register(
        _ response: any ServerResponse,
        for request: EventStreamRequest,
        registered: @escaping @Sendable (ClientID) -> Void
    ) {
        // (1) Make an id.
        let id = ClientID()
        // (2) Start an inactivity timer keyed by the id.
        maps.startTimeout(id)
        // (6) Insert into `clients`, so that a close has something to delete.
        maps.insert(id, response)
        // (3) Register the close handler.
        response.onClose { [maps] in maps.unsubAll(id) }
        // A handler that came too late is never called.
        if response.isClosed {
            maps.unsubAll(id)
            return
        }
        maps.pause { [maps] in
            // (4) Write the headers.
            response.writeHead(status: 200, fields: maps.faults.headFields)
            // (5) Write a first event that carries the id.
            guard response.write(maps.connected(id, for: request)) else {
                maps.unsubAll(id)
                return
            }
            registered(id)
        }
    }
}

extension FixedRegistry {
    /// Adds topics to a client.
    public func subscribe(_ id: ClientID, to topics: [String]) throws(RegistryError) {
        try maps.subscribe(id, to: topics)
    }

    /// Takes topics from a client.
    public func unsubscribe(_ id: ClientID, from topics: [String]) throws(RegistryError) {
        try maps.unsubscribe(id, from: topics)
    }

    /// Sends an event to every client of a topic.
    public func broadcast(topic: String, data: String, sent: @escaping @Sendable (Int) -> Void) {
        maps.broadcast(topic: topic, data: data, sent: sent)
    }

    /// Sends a client what it missed.
    public func replay(to id: ClientID, for request: EventStreamRequest) { maps.replay(to: id, for: request) }

    /// Restarts a client's inactivity timer.
    public func sent(to id: ClientID) { maps.sent(to: id) }

    /// How much is held now.
    public var counts: RegistryCounts { maps.counts }

    /// How much one of several workers holds, which clients are dealt to.
    public func counts(of worker: Int, among workers: Int) -> RegistryCounts {
        maps.counts(of: worker, among: workers)
    }
}
