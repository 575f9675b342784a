import Vocabulary

/// Reads an item of `probes:`.
struct ProbeReader {
    /// The item.
    let probe: Field
    /// Its gauges; nil where it names none.
    let gauges: Field?
    /// What the run is aimed at.
    let target: TargetKind

    /// The keys that say what is read; a probe has one of them.
    private static let sources = ["http", "prometheus", "port", "pid", "exec", "inspector"]

    /// Reads one reader of the server's state.
    static func read(_ field: Field, target: TargetKind) -> ProbeOptions? {
        let example = "a map, such as { name: process, port: 8443, gauges: [fds, sockets] }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let name = keys.required("name", expected: "a name, such as state")?.name()
        let found = sources.compactMap { key in keys.field(key).map { (key: key, field: $0) } }
        var every: Nanoseconds?
        keys.read("every", into: &every) { $0.duration(in: ProfileLimits.every, example: "250ms") }
        var timeout: Nanoseconds?
        keys.read("timeout", into: &timeout) { $0.duration(in: ProfileLimits.probeTimeout, example: "1s") }
        let gauges = keys.field("gauges")
        let children = keys.field("children")
        let (instance, instances) = (keys.field("instance"), keys.field("instances"))
        guard found.count == 1, let kind = found.first else {
            field.reject(
                found.isEmpty ? "nothing to read" : "more than one thing to read",
                expected: "one of http, prometheus, port, pid, exec and inspector, such as port: 8443"
            )
            return nil
        }
        if let children, kind.key != "port", kind.key != "pid" {
            children.reject("only a process has children", expected: "children beside port or pid")
        }
        let isOverHTTP = kind.key == "http" || kind.key == "prometheus"
        if let field = instance ?? instances, !isOverHTTP {
            field.reject("only what is read over HTTP has instances", expected: "instances beside http or prometheus")
        }
        let reader = ProbeReader(probe: field, gauges: gauges, target: target)
        let addresses = isOverHTTP ? reader.addresses(kind.field, example: Self.path(kind.key)) : nil
        let source = reader.source(kind.key, kind.field, addresses?.first, children: children)
        if isOverHTTP {
            reader.refuseSecondWay(addresses: addresses?.count ?? 1, instance: instance, instances: instances)
        }
        guard let name, let source else { return nil }
        var probe = ProbeOptions(name: name, source: source)
        let further = addresses.map { Array($0.dropFirst()) } ?? []
        probe.instances = further.isEmpty ? instances.flatMap(reader.instances) : .addresses(further)
        probe.instance = instance.flatMap { reader.instance($0, of: kind.key) }
        if let every { probe.every = every }
        probe.timeout = timeout
        probe.heldGauges = heldGauges(gauges)
        return probe
    }

    /// A path such as a source's answers have, for an error.
    private static func path(_ key: String) -> String { key == "http" ? "/debug/state" : "/metrics" }

    private func source(
        _ key: String,
        _ field: Field,
        _ address: ProbeOptions.Address?,
        children: Field?
    ) -> ProbeOptions.Source? {
        switch key {
        case "http":
            let gauges = pointerGauges()
            return address.flatMap { address in gauges.map { .http(address, gauges: $0) } }
        case "prometheus":
            let gauges = metricGauges()
            return address.flatMap { address in gauges.map { .prometheus(address, gauges: $0) } }
        case "exec":
            let words = CommandReader.words(field, example: "a program and its arguments, such as [./gauges.sh, 8080]")
            let gauges = pointerGauges()
            return words.flatMap { words in gauges.map { .command(words, gauges: $0) } }
        case "inspector":
            let address = inspector(field)
            let gauges = propertyGauges()
            return address.flatMap { address in gauges.map { .inspector(address, gauges: $0) } }
        default:
            return process(key == "pid" ? pid(field) : port(field), children: children)
        }
    }

    private func inspector(_ field: Field) -> TargetURL? {
        let example = "a port, or an address and a port, such as 9229 or \"127.0.0.1:9229\""
        guard let text = field.text(expected: example) else { return nil }
        let authority = text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? "127.0.0.1:\(text)" : text
        guard !authority.contains("/"), let url = TargetURL("http://\(authority)/"), url.path == "/",
            authority.utf8.last.map({ (0x30...0x39).contains($0) }) ?? false, authority.contains(":")
        else {
            field.rejectKind(expected: example)
            return nil
        }
        return url
    }
}

extension ProbeReader {
    /// Gauges of a JSON document.
    func pointerGauges() -> [ProbeOptions.HTTPGauge]? {
        read(
            expected: "a map of names and JSON Pointers, such as { clients: /clients }",
            key: "pointer",
            example: ("a JSON Pointer, such as /heapUsed", "a map, such as { pointer: /heapUsed, unit: bytes }"),
            JSONPointerReader.read
        ) { ProbeOptions.HTTPGauge(name: $0, pointer: $1, unit: $2 ?? .count) }
    }

    /// Gauges among metrics; one whose name says that it is a counter's is a total.
    func metricGauges() -> [ProbeOptions.MetricGauge]? {
        read(
            expected: "a map of names and metrics, such as { clients: sse_clients }",
            key: "metric",
            example: (
                "a metric, such as process_resident_memory_bytes",
                "a map, such as { metric: process_resident_memory_bytes, unit: bytes }"
            ),
            MetricSelectorReader.read
        ) { name, selector, unit in
            let isTotal = selector.name.hasSuffix("_total")
            return ProbeOptions.MetricGauge(name: name, selector: selector, unit: unit ?? (isTotal ? .total : .count))
        }
    }

    /// Gauges among a program's variables.
    func propertyGauges() -> [ProbeOptions.PropertyGauge]? {
        read(
            expected: "a map of names and variables, such as { clients: manager.clients }",
            key: "path",
            example: ("a variable, such as cache.bytes", "a map, such as { path: cache.bytes, unit: bytes }"),
            PropertyPathReader.read
        ) { ProbeOptions.PropertyGauge(name: $0, path: $1, unit: $2 ?? .count) }
    }

    /// Reads the map of gauges: each with where it stands, or with a map of that and a unit.
    private func read<Place, Gauge>(
        expected expectation: String,
        key: String,
        example: (place: String, map: String),
        _ place: (Field) -> Place?,
        make: (String, Place, GaugeUnit?) -> Gauge
    ) -> [Gauge]? {
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
        let result = pairs.compactMap { name, field -> Gauge? in
            guard case .mapping = field.node.content else { return place(field).map { make(name, $0, nil) } }
            guard var keys = MappingReader(field, expected: example.map) else { return nil }
            defer { keys.finish() }
            let written = keys.required(key, expected: example.place)
            var unit: GaugeUnit?
            keys.read("unit", into: &unit) { $0.choice() }
            return written.flatMap(place).map { make(name, $0, unit) }
        }
        for (name, value) in pairs where !Self.isGaugeName(name) {
            value.reject("\(Quotation.quote(name)) is no gauge name", expected: "letters, digits, -, _ and .")
        }
        return result
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

    /// The gauges whose unit is written out as a count.
    static func heldGauges(_ gauges: Field?) -> Set<String> {
        guard case .mapping(let entries) = gauges?.node.content else { return [] }
        return Set(
            entries.filter { entry in
                guard case .mapping(let keys) = entry.value.content else { return false }
                return keys.contains { key in
                    guard key.key == "unit", case .scalar("count", _) = key.value.content else { return false }
                    return true
                }
            }
            .map(\.key)
        )
    }
}

/// Reads which processes a probe over HTTP is to tell apart: a list of addresses, `instance:` or `instances:`.
extension ProbeReader {
    /// The addresses of an `http:` or `prometheus:` key: one, or a list with one for each instance.
    func addresses(_ field: Field, example: String) -> [ProbeOptions.Address]? {
        guard case .sequence = field.node.content else {
            return field.address(target: target, defaultPath: nil, example: example).map { [$0] }
        }
        let expectation = "an address, or a list with the address of each instance"
        guard let items = field.items(limit: ProfileLimits.instances, expected: expectation) else { return nil }
        guard !items.isEmpty else {
            field.reject("an empty list", expected: expectation)
            return nil
        }
        var addresses: [ProbeOptions.Address] = []
        for item in items {
            guard let address = item.address(target: target, defaultPath: nil, example: example) else { continue }
            if addresses.contains(address) {
                item.reject("the same address twice", expected: "each instance once: its state would count double")
                continue
            }
            addresses.append(address)
        }
        return addresses.count == items.count ? addresses : nil
    }

    /// Reports a probe that is told in two ways which processes it reads.
    func refuseSecondWay(addresses: Int, instance: Field?, instances: Field?) {
        if addresses > 1, let other = instance ?? instances {
            other.reject("beside a list of addresses", expected: "one address that several processes share")
        } else if instance != nil, let instances {
            instances.reject("beside instance", expected: "instance, where answers name their process, or instances")
        }
    }

    /// Where an answer names the process that gave it: a JSON Pointer, or a label of metrics.
    func instance(_ field: Field, of kind: String) -> String? {
        switch kind {
        case "http": JSONPointerReader.read(field)
        case "prometheus": label(field)
        // That it has no instances has been said.
        default: nil
        }
    }

    private func label(_ field: Field) -> String? {
        field.text(expected: "the name of a label, such as pid") { text in
            (1...ProfileLimits.nameLength).contains(text.utf8.count)
                && !text.utf8.contains { !Self.isOfLabel($0) } && !(0x30...0x39).contains(text.utf8.first ?? 0)
        }
    }

    private static func isOfLabel(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    /// The processes among which the one that answers is looked for.
    func instances(_ field: Field) -> ProbeOptions.Instances? {
        let expectation = "all, or a map, such as { pid: 1234, children: true } or { port: 8080 }"
        if case .scalar("all", _) = field.node.content { return .processes(.ownPort, children: false) }
        guard var keys = MappingReader(field, expected: expectation) else { return nil }
        defer { keys.finish() }
        let (pid, port) = (keys.field("pid"), keys.field("port"))
        var children = false
        keys.read("children", into: &children) { $0.flag() }
        guard (pid == nil) != (port == nil) else {
            field.reject(pid == nil ? "neither pid nor port" : "pid and port", expected: expectation)
            return nil
        }
        let found: ProbeOptions.Processes? =
            if let pid {
                pid.wholeNumber(in: 1...Int32.max, example: 1234).map { .pid($0) }
            } else {
                port?.wholeNumber(in: 1...UInt16.max, example: 8080).map { .port($0) }
            }
        return found.map { .processes($0, children: children) }
    }
}

extension ProbeReader {
    func process(_ selector: ProbeOptions.ProcessSelector?, children: Field?) -> ProbeOptions.Source? {
        var read = ProbeOptions.ProcessGauge.usual
        if let gauges {
            let choices = gauges.choices(ProbeOptions.ProcessGauge.self, expected: "a list, such as [fds, sockets]")
            guard let choices else { return nil }
            read = choices.map(\.choice)
        }
        let withChildren = children.map { $0.flag() ?? false } ?? false
        return selector.map { .process($0, gauges: read, children: withChildren) }
    }

    func pid(_ field: Field) -> ProbeOptions.ProcessSelector? {
        field.wholeNumber(in: 1...Int32.max, example: 1234).map { .pid($0) }
    }

    func port(_ field: Field) -> ProbeOptions.ProcessSelector? {
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
}
