import Vocabulary

/// Reads an item of `scenarios:`.
enum ScenarioReader {
    /// Reads a group of connections.
    static func read(_ field: Field, target: TargetKind) -> Scenario? {
        let example = "a map, such as { name: listeners, connections: 100, hold: 10s }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let name = keys.required("name", expected: "a name, such as listeners")?.name()
        let connections = keys.required("connections", expected: "a whole number, such as 100")?
            .wholeNumber(in: ProfileLimits.connections, example: 2000)
        var scenario = Scenario(name: name ?? "", connections: connections ?? 1)
        keys.read("arrival", into: &scenario.arrival) { ArrivalReader.read($0, connections: connections) }
        let hold = keys.field("hold")
        let drop = keys.field("drop")
        keys.read("timeout", into: &scenario.timeout) {
            $0.duration(in: .perMillisecond...ProfileLimits.longestWait, example: "10s")
        }
        let transport = keys.field("transport")
        let url = keys.field("url")
        scenario.url = url?.url()
        keys.read("sources", into: &scenario.sources, SourceReader.read)
        if let transport {
            scenario.transport = self.transport(transport, target: target, hasURL: url != nil) ?? .plain
        }

        scenario.hold = hold?.duration(in: 1...ProfileLimits.longestRun, example: "60s")
        scenario.drop = drop.flatMap { DropReader.read($0, tls: usesTLS(scenario, target: target, url: url)) }
        switch (hold, drop) {
        case (nil, nil): field.reject("neither hold nor drop", expected: "either hold or drop, such as hold: 60s")
        case (_?, let drop?): drop.reject("both hold and drop", expected: "either hold or drop")
        default: break
        }
        return name == nil || connections == nil ? nil : scenario
    }

    /// Whether the scenario's connections are TLS ones; nil where its address could not be read.
    private static func usesTLS(_ scenario: Scenario, target: TargetKind, url: Field?) -> Bool? {
        if url != nil { return scenario.url?.tls }
        return switch target {
        case .reference: scenario.transport == .tls
        case .server(let tls): tls
        case .unknown: nil
        }
    }

    private static func transport(_ field: Field, target: TargetKind, hasURL: Bool) -> Scenario.Transport? {
        var isBundled = !hasURL
        if case .server = target { isBundled = false }
        if !isBundled {
            field.reject("the address says the transport", expected: "no transport, except with the bundled server")
        }
        return field.choice()
    }
}
