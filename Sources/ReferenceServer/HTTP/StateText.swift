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
