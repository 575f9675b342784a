import EventLoop
import Vocabulary

extension Faults {
    /// The registry that they ask for.
    func registry(over maps: ClientMaps) -> any ClientRegistry {
        let clean = FixedRegistry(maps)
        let faulty: (any ClientRegistry)? =
            insertsLate ? RacyRegistry(maps) : registersCloseHandlerLate ? LateRegistry(maps) : nil
        guard let faulty else { return clean }
        return share < 1 ? RareRegistry(maps, clean: clean, faulty: faulty, share: share) : faulty
    }
}

extension Faults {
    static let racyRegistry = FaultDefinition(
        .racyRegistry,
        "A client is inserted after its close handler was registered: one that closes in between is never removed.",
        leak: FaultLeak("clients", .permanent, withTopics: .untilBroadcast, through: .responseStarted)
    )

    /// Whether clients are inserted too late; swallowed write errors are found through the clients that this leaks.
    var insertsLate: Bool { contains(.racyRegistry) || contains(.writeErrorSwallowed) }
}

/// The registry with the bug: it inserts a client after it has registered the close handler.
///
/// A socket that closes between (3) and (6) finds nothing to delete but the timer; (6) then inserts a dead client that
/// only a failing broadcast will remove.
final class RacyRegistry: MapRegistry {
    let maps: ClientMaps

    /// A registry over maps that others may share.
    init(_ maps: ClientMaps) { self.maps = maps }

    /// Takes a response up as a client, in the order that leaks.
    func register(
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

extension Faults {
    static let lateCloseHandler = FaultDefinition(
        .lateCloseHandler,
        "The close handler is registered some time after the client was inserted: a close before is noticed only by the "
            + "inactivity timer.",
        leak: FaultLeak("clients", .bounded, through: .responseStarted)
    )

    /// Whether close handlers are registered after the pause.
    var registersCloseHandlerLate: Bool { contains(.lateCloseHandler) }
}

/// The registry of `late-close-handler`: it registers the close handler some time after it has inserted the client.
///
/// A socket that closes in between is noticed by the inactivity timer alone.
final class LateRegistry: MapRegistry {
    let maps: ClientMaps

    /// A registry over maps that others may share.
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

/// A registry of which only a share of the registrations go wrong, so that its leak is as rare as wanted.
///
/// Which ones is no chance: with a share of 1 in N it is every Nth, so that the number of leaks is known.
final class RareRegistry: MapRegistry {
    let maps: ClientMaps
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

extension Faults {
    /// The faults of a registration's order.
    static let ofRegistration = [racyRegistry, lateCloseHandler]
}
