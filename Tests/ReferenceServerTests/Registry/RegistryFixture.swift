import Synchronization

@testable import ReferenceServer

/// A registry with fake timers, which remembers the ids it gave.
struct RegistryFixture: ~Copyable {
    let registry: any ClientRegistry
    let timers = FakeTimers()
    private let ids = Ids()

    private final class Ids: Sendable {
        let all = Mutex<[ClientID]>([])
    }

    init(
        _ kind: ReferenceServerOptions.Registry,
        pause: @escaping RegistrationPause = { continuation in continuation() }
    ) {
        registry =
            switch kind {
            case .racy: RacyRegistry(timers: timers, inactivity: 7, pause: pause)
            case .fixed: FixedRegistry(timers: timers, inactivity: 7, pause: pause)
            }
    }

    /// Registers a response and subscribes it, as a request for an event stream does.
    func register(_ response: FakeResponse, topics: [String] = []) {
        registry.register(response) { [registry, ids] id in
            ids.all.withLock { $0.append(id) }
            try? registry.subscribe(id, to: topics)
        }
    }

    var registered: [ClientID] { ids.all.withLock { $0 } }
}
