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
