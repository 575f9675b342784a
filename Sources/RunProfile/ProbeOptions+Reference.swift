extension ProbeOptions {
    /// The probes of the bundled server where a profile that aims at it says nothing of probes.
    public static let ofReference = [
        ProbeOptions(
            name: "state",
            source: .http(
                .reference(path: "/debug/state"),
                gauges: ["clients", "timers", "subscriptions", "sockets"].map { HTTPGauge(name: $0, pointer: "/\($0)") }
            )
        ),
        ProbeOptions(name: "process", source: .process(.reference, gauges: [.fds, .sockets, .rss, .threads])),
    ]
}
