import Synchronization

/// What the server counts; any thread may read it.
final class ServerMetrics: Sendable {
    /// A number that any thread may change and read.
    struct Counter: ~Copyable, Sendable {
        private let number = Atomic<Int>(0)

        var value: Int { number.load(ordering: .relaxed) }

        func add(_ count: Int = 1) { number.wrappingAdd(count, ordering: .relaxed) }
    }

    let sockets = Counter()
    let slots = Counter()
    let queuedBytes = Counter()
    let producers = Counter()
    let accepted = Counter()
    let opened = Counter()
    let acceptPauses = Counter()
    let refused = Counter()
    let requests = Counter()
    let badRequests = Counter()
    let timeouts = Counter()
    let handshakeFailures = Counter()
    let slowClients = Counter()
    let eventsSent = Counter()
    let heartbeats = Counter()
    let heartbeatLateness = LatenessCounts()
    let bytesSent = Counter()
}
