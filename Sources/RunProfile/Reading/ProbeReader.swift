import Vocabulary

/// Reads an item of `probes:`.
enum ProbeReader {
    /// Reads one reader of the server's state.
    static func read(_ field: Field, target: TargetKind) -> ProbeOptions? {
        let example = "a map, such as { name: process, port: 8443, gauges: [fds, sockets] }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let name = keys.required("name", expected: "a name, such as state")?.name()
        let http = keys.field("http")
        let port = keys.field("port")
        let pid = keys.field("pid")
        var every: Nanoseconds?
        keys.read("every", into: &every) { $0.duration(in: ProfileLimits.every, example: "250ms") }
        let gauges = keys.field("gauges")
        if let prometheus = keys.field("prometheus") {
            prometheus.reject("not supported yet: Prometheus metrics", expected: "http, port or pid in its place")
            return nil
        }
        let sources = [http, port, pid].compactMap(\.self)
        guard sources.count == 1 else {
            field.reject(
                sources.isEmpty ? "nothing to read" : "more than one thing to read",
                expected: "one of http, port and pid, such as port: 8443"
            )
            return nil
        }

        let source: ProbeOptions.Source? =
            if let http {
                self.http(http, gauges: gauges, probe: field, target: target)
            } else {
                process(port: port, pid: pid, gauges: gauges, target: target)
            }
        guard let name, let source else { return nil }
        var probe = ProbeOptions(name: name, source: source)
        if let every { probe.every = every }
        return probe
    }

    private static func http(_ url: Field, gauges: Field?, probe: Field, target: TargetKind) -> ProbeOptions.Source? {
        let address = url.address(target: target, defaultPath: nil, example: "/debug/state")
        let expectation = "a map of names and JSON Pointers, such as { clients: /clients }"
        guard let gauges else {
            Field(context: probe.context, path: probe.path(of: "gauges"), node: probe.node)
                .reject("missing", expected: expectation)
            return nil
        }
        guard let pairs = gauges.pairs(limit: ProfileLimits.gauges, expected: expectation) else { return nil }
        guard !pairs.isEmpty else {
            gauges.reject("an empty map", expected: expectation)
            return nil
        }
        let read = pairs.compactMap { name, value in
            gauge(name, value)
        }
        for (name, value) in pairs where !isGaugeName(name) {
            value.reject("\(Quotation.quote(name)) is no gauge name", expected: "letters, digits, -, _ and .")
        }
        return address.map { .http($0, gauges: read) }
    }

    /// Reads a gauge: its JSON Pointer, or a map of pointer and unit.
    private static func gauge(_ name: String, _ field: Field) -> ProbeOptions.HTTPGauge? {
        guard case .mapping = field.node.content else {
            return JSONPointerReader.read(field).map { ProbeOptions.HTTPGauge(name: name, pointer: $0) }
        }
        let example = "a map, such as { pointer: /heapUsed, unit: bytes }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let pointer = keys.required("pointer", expected: "a JSON Pointer, such as /heapUsed")
        var unit = GaugeUnit.count
        keys.read("unit", into: &unit) { $0.choice() }
        return pointer.flatMap { JSONPointerReader.read($0) }.map {
            ProbeOptions.HTTPGauge(name: name, pointer: $0, unit: unit)
        }
    }

    private static func process(
        port: Field?,
        pid: Field?,
        gauges: Field?,
        target: TargetKind
    ) -> ProbeOptions.Source? {
        let selector: ProbeOptions.ProcessSelector? =
            if let pid {
                pid.wholeNumber(in: 1...Int32.max, example: 1234).map { .pid($0) }
            } else {
                port.flatMap { self.port($0, target: target) }
            }
        var read = ProbeOptions.ProcessGauge.allCases
        if let gauges {
            let choices = gauges.choices(ProbeOptions.ProcessGauge.self, expected: "a list, such as [fds, sockets]")
            guard let choices else { return nil }
            read = choices.map(\.choice)
        }
        return selector.map { .process($0, gauges: read) }
    }

    private static func port(_ field: Field, target: TargetKind) -> ProbeOptions.ProcessSelector? {
        guard case .scalar("reference", _) = field.node.content else {
            return field.wholeNumber(in: 1...UInt16.max, example: 8443).map { .port($0) }
        }
        if case .server = target {
            field.reject(
                "found \(field.node.kind), but the bundled server is not the target",
                expected: "a port, such as 8443"
            )
            return nil
        }
        return .reference
    }

    private static func isGaugeName(_ text: String) -> Bool {
        (1...ProfileLimits.nameLength).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-_.".utf8.contains(byte)
                }
            }
    }
}
