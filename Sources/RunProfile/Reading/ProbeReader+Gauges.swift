import Vocabulary

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
