import Vocabulary

extension ProbeOptions {
    /// The probes of the bundled server where a profile that aims at it says nothing of probes.
    public static let ofReference = [
        ProbeOptions(
            name: "state",
            source: .http(
                .reference(path: "/debug/state"),
                gauges: ["clients", "timers", "subscriptions", "sockets", "slots", "topics", "producers"].map {
                    HTTPGauge(name: $0, pointer: "/\($0)")
                } + [HTTPGauge(name: "queuedBytes", pointer: "/queuedBytes", unit: .bytes)]
            )
        ),
        ProbeOptions(name: "process", source: .process(.reference, gauges: [.fds, .sockets, .rss, .threads])),
    ]
}
