import Synchronization
import Vocabulary

/// The server's state, as it is told to probes.
enum StateText {
    /// The gauges as one JSON object.
    static func json(_ state: StateView.Snapshot) -> String {
        let members = [
            ("clients", state.counts.clients),
            ("timers", state.counts.timers),
            ("subscriptions", state.counts.subscriptions),
            ("sockets", state.sockets),
            ("slots", state.slots),
            ("topics", state.counts.topics),
            ("queuedBytes", state.queuedBytes),
            ("producers", state.producers),
            ("pool", state.pool),
            ("opened", state.opened),
            ("pid", state.pid),
        ]
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// Everything that is counted, in the Prometheus text format, version 0.0.4.
    static func prometheus(_ state: StateView.Snapshot, _ metrics: ServerMetrics) -> String {
        let counts = state.counts
        let lines: [(name: String, type: String, help: String, value: Int)] = [
            ("sse_clients", "gauge", "Clients in the registry.", counts.clients),
            ("sse_timers", "gauge", "Inactivity timers that are set.", counts.timers),
            ("sse_subscriptions", "gauge", "Pairs of a client and a topic.", counts.subscriptions),
            ("sse_sockets", "gauge", "Connections that are open.", state.sockets),
            ("sse_slots", "gauge", "Connection slots that streams hold.", state.slots),
            ("sse_topics", "gauge", "Topics that are known.", counts.topics),
            ("sse_queued_bytes", "gauge", "Bytes that clients have not taken yet.", state.queuedBytes),
            ("sse_producers", "gauge", "Producers of completions that run.", state.producers),
            ("sse_connections_total", "counter", "Connections accepted.", metrics.accepted.value),
            ("sse_connections_refused_total", "counter", "Connections over the limit.", metrics.refused.value),
            ("sse_accept_pauses_total", "counter", "Pauses for want of descriptors.", metrics.acceptPauses.value),
            ("sse_handshake_failures_total", "counter", "TLS handshakes that failed.", metrics.handshakeFailures.value),
            ("sse_requests_total", "counter", "Requests read.", metrics.requests.value),
            ("sse_bad_requests_total", "counter", "Requests refused unread.", metrics.badRequests.value),
            ("sse_timeouts_total", "counter", "Clients that did not finish a request.", metrics.timeouts.value),
            ("sse_slow_clients_total", "counter", "Clients closed for a full queue.", metrics.slowClients.value),
            ("sse_events_sent_total", "counter", "Events sent.", metrics.eventsSent.value),
            ("sse_heartbeats_total", "counter", "Heartbeats sent.", metrics.heartbeats.value),
            ("sse_sent_bytes_total", "counter", "Bytes given to sockets.", metrics.bytesSent.value),
        ]
        return lines.map { "# HELP \($0.name) \($0.help)\n# TYPE \($0.name) \($0.type)\n\($0.name) \($0.value)\n" }
            .joined() + lateness(metrics)
    }

    private static func lateness(_ metrics: ServerMetrics) -> String {
        let name = "sse_heartbeat_lateness_seconds"
        let steps = metrics.heartbeatLateness.cumulative
        return "# HELP \(name) How late heartbeats were given to their sockets.\n# TYPE \(name) histogram\n"
            + steps.map { "\(name)_bucket{le=\"\($0.bound)\"} \($0.count)\n" }.joined()
            + "\(name)_sum \(metrics.heartbeatLateness.sum)\n\(name)_count \(steps.last?.count ?? 0)\n"
    }
}

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

/// How late the server's own heartbeats were, in steps.
///
/// What a load generator sees of them is late by at least as much: the difference is its own.
struct LatenessCounts: ~Copyable, Sendable {
    /// The steps, in ns.
    static let bounds: [Nanoseconds] = [1, 2, 5, 10, 50].map { $0 * .perMillisecond }

    private let upTo1 = ServerMetrics.Counter()
    private let upTo2 = ServerMetrics.Counter()
    private let upTo5 = ServerMetrics.Counter()
    private let upTo10 = ServerMetrics.Counter()
    private let upTo50 = ServerMetrics.Counter()
    private let beyond = ServerMetrics.Counter()
    private let nanoseconds = ServerMetrics.Counter()

    /// Counts a heartbeat that was sent so late, in ns.
    func add(_ lateness: Nanoseconds) {
        nanoseconds.add(Int(clamping: lateness))
        switch lateness {
        case ...Self.bounds[0]: upTo1.add()
        case ...Self.bounds[1]: upTo2.add()
        case ...Self.bounds[2]: upTo5.add()
        case ...Self.bounds[3]: upTo10.add()
        case ...Self.bounds[4]: upTo50.add()
        default: beyond.add()
        }
    }

    /// The sum of all, in seconds.
    var sum: Double { Double(nanoseconds.value) / 1e9 }

    /// The heartbeats that were at most so late, by step as Prometheus writes it, in seconds; the last has no bound.
    var cumulative: [(bound: String, count: Int)] {
        let counts = [upTo1.value, upTo2.value, upTo5.value, upTo10.value, upTo50.value, beyond.value]
        var sum = 0
        return zip(Self.bounds.map { "\($0.inSeconds)" } + ["+Inf"], counts).map { bound, count in
            sum += count
            return (bound, sum)
        }
    }
}
