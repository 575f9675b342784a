import Vocabulary

/// Reads an item of `scenarios:`.
enum ScenarioReader {
    /// Reads a group of connections.
    ///
    /// - Parameter isClimb: whether `capacity:` says how many connections there are, and how long they stay.
    static func read(_ field: Field, target: TargetKind, isClimb: Bool = false) -> Scenario? {
        let example = "a map, such as { name: listeners, connections: 100, hold: 10s }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let name = keys.required("name", expected: "a name, such as listeners")?.name()
        let connections =
            isClimb
            ? 1
            : keys.required("connections", expected: "a whole number, such as 100")?
                .wholeNumber(in: ProfileLimits.connections, example: 2000)
        var scenario = Scenario(name: name ?? "", connections: connections ?? 1)
        let arrival = keys.field("arrival")
        if let arrival, let read = ArrivalReader.read(arrival, connections: isClimb ? nil : connections) {
            scenario.arrival = read
        }
        let hold = keys.field("hold")
        let drop = keys.field("drop")
        let reconnect = keys.field("reconnect")
        keys.read("timeout", into: &scenario.timeout) {
            $0.duration(in: .perMillisecond...ProfileLimits.longestWait, example: "10s")
        }
        let transport = keys.field("transport")
        let url = keys.field("url")
        scenario.url = url?.url()
        let path = keys.field("path")
        scenario.path = path?.text(expected: "a path at the bundled server, such as /events?topics=news") { text in
            text.hasPrefix("/") && text.utf8.count <= ProfileLimits.addressBytes
                && text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
        }
        if case .server = target { path?.reject("a path beside an address", expected: "url: with the whole address") }
        if url != nil { path?.reject("both url and path", expected: "either url or path") }
        keys.read("sources", into: &scenario.sources, SourceReader.read)
        let (start, read) = (keys.field("start"), keys.field("read"))
        keys.read("receiveBuffer", into: &scenario.receiveBuffer) {
            $0.byteCount(in: ProfileLimits.receiveBuffer, example: "4096")
        }
        scenario.request = RequestReader.read(&keys)
        scenario.stream = StreamReader.read(&keys)
        if let transport {
            scenario.transport = self.transport(transport, target: target, hasURL: url != nil) ?? .plain
        }

        if isClimb {
            let others = [keys.field("connections"), hold, drop, start, read, reconnect]
            refuse(others, arrival: arrival, of: scenario, at: field)
            return name == nil ? nil : scenario
        }
        scenario.hold = hold?.duration(in: 1...ProfileLimits.longestRun, example: "60s")
        scenario.start = start?.duration(in: 0...ProfileLimits.longestRun, example: "5s") ?? 0
        scenario.read = read.flatMap(ReadPaceReader.read) ?? .full
        if drop != nil { read?.reject("read beside drop", expected: "read beside hold") }
        if reconnect != nil {
            read?.reject("read beside reconnect", expected: "a scenario of its own for slow readers")
        }
        scenario.drop = drop.flatMap { DropReader.read($0, tls: usesTLS(scenario, target: target, url: url)) }
        scenario.reconnect = reconnect.flatMap(ReconnectReader.read)
        if hold == nil { reconnect?.reject("only streams that are held come back", expected: "reconnect beside hold") }
        switch (hold, drop) {
        case (nil, nil): field.reject("neither hold nor drop", expected: "either hold or drop, such as hold: 60s")
        case (_?, let drop?): drop.reject("both hold and drop", expected: "either hold or drop")
        default: break
        }
        return name == nil || connections == nil ? nil : scenario
    }

    /// Reports what `capacity:` says in the scenario's place.
    private static func refuse(_ others: [Field?], arrival: Field?, of scenario: Scenario, at field: Field) {
        for other in others.compactMap({ $0 }) {
            other.reject("capacity says how many streams there are, and how long they stay", expected: "no such key")
        }
        if case .rate = scenario.arrival { return }
        // What could not be read has been reported.
        if case .atOnce = scenario.arrival, arrival != nil { return }
        (arrival ?? field).reject("capacity needs a rate", expected: "arrival: { rate: 200/s }")
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
