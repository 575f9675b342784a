import EventLoop
import Vocabulary

@testable import ReferenceServer

/// A registry with fake timers, which remembers the ids it gave.
struct RegistryFixture: ~Copyable {
    let registry: any ClientRegistry
    let timers = FakeTimers()
    private let ids = Ids()
    private let faults: Set<Fault>
    private let subscription: RegistrationPause

    private final class Ids: Sendable {
        let all = Locked<[ClientID]>([])
    }

    /// The registry of a kind, or the one that the faults ask for.
    init(
        _ kind: RegistryKind = .fixed,
        faults: Set<Fault> = [],
        pause: @escaping RegistrationPause = { continuation in continuation() },
        subscription: @escaping RegistrationPause = { continuation in continuation() }
    ) {
        self.faults = faults
        self.subscription = subscription
        let maps = ClientMaps(timers: timers, inactivity: 7, faults: Faults(faults), pause: pause)
        registry = kind == .racy ? RacyRegistry(maps) : Faults(faults).registry(over: maps)
    }

    /// Registers a response and subscribes it, as a request for an event stream does.
    func register(_ response: FakeResponse, topics: [String] = [], lastEventID: String? = nil) {
        let request = EventStreamRequest(topics: topics, lastEventID: lastEventID)
        registry.register(response, for: request) { [registry, ids, faults, subscription] id in
            ids.all.withLock { $0.append(id) }
            Faults(faults).takeUp(request, pause: subscription) {
                registry.replay(to: id, for: request)
            } subscribe: {
                try? registry.subscribe(id, to: topics)
            }
        }
    }

    var registered: [ClientID] { ids.all.withLock { $0 } }
}
