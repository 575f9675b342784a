import Vocabulary

/// A group of connections that behave alike.
public struct Scenario: Equatable, Sendable {
    /// How a scenario of the bundled server connects.
    public enum Transport: String, CaseIterable, Sendable {
        /// Without TLS.
        case plain
        /// With TLS.
        case tls
    }

    /// The name, unique in the profile.
    public var name: String
    /// How many connections are started, in all.
    public var connections: Int
    /// When they start.
    public var arrival = Arrival.atOnce
    /// How long a stream stays open from its response head; nil where the scenario drops.
    public var hold: Nanoseconds?
    /// How closed streams come back; nil where they do not, and where the scenario drops.
    public var reconnect: ReconnectOptions?
    /// Where, how and when connections are dropped; nil where the scenario holds.
    public var drop: DropOptions?
    /// How long each connection may take to its open stream, or to its stage.
    public var timeout: Nanoseconds = 10 * .perSecond
    /// The transport, with the bundled server; with any other the address says it.
    public var transport = Transport.plain
    /// An address of its own in place of the target's.
    public var url: TargetURL?
    /// A path of its own at the bundled server, in place of the target's; nil for the target's.
    public var path: String?
    /// The addresses to connect from, of one family, used in turn; empty for a choice by the target and the number of
    /// connections.
    public var sources: [AddressRange] = []
    /// How long after the load's start its arrivals begin.
    public var start: Nanoseconds = 0
    /// How its streams are read.
    public var read = ReadPace.full
    /// The most that the kernel may receive ahead of the reader, in bytes; nil for the kernel's choice.
    public var receiveBuffer: Int?
    /// What it asks otherwise than the target says.
    public var request = RequestOptions()
    /// What it looks for in its events.
    public var stream = StreamOptions()

    /// Whether each of its streams is followed: its events are counted, and the time between them.
    public var followsStreams: Bool { stream.until != nil || stream.tokens != nil || drop?.events != nil }

    /// A scenario with defaults for all but its name and size.
    public init(name: String, connections: Int) {
        self.name = name
        self.connections = connections
    }
}

/// What a scenario asks otherwise than the target says.
public struct RequestOptions: Equatable, Sendable {
    /// The request method, in capitals; nil for the target's.
    public var method: String?
    /// Headers beside the target's; one of the same name replaces it.
    public var headers: [Target.Header] = []
    /// The request body; nil for the target's.
    public var body: String?
    /// The file that the request body is read from; nil for none.
    public var bodyFile: String?
    /// The CSV file whose rows stand in for `{{column}}` in path, headers and body; nil for none.
    public var dataFile: String?

    /// What the target says.
    public init() {}

    /// Replaces the paths of its files.
    public mutating func resolveFiles(_ resolve: (String) -> String) {
        bodyFile = bodyFile.map(resolve)
        dataFile = dataFile.map(resolve)
    }
}

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

/// Reads what a scenario asks otherwise than the target says.
enum RequestReader {
    /// Reads `method`, `headers`, `body`, `bodyFile` and `data` of a scenario.
    static func read(_ keys: inout MappingReader) -> RequestOptions {
        var options = RequestOptions()
        keys.read("method", into: &options.method) { $0.method() }
        keys.read("headers", into: &options.headers, TargetReader.headers)
        let body = keys.field("body")
        options.body = body?.text(expected: "text, such as '{ \"stream\": true }'")
        let bodyFile = keys.field("bodyFile")
        options.bodyFile = bodyFile.flatMap { file($0, example: "request.json") }
        if body != nil, let bodyFile {
            bodyFile.reject("both body and bodyFile", expected: "either body or bodyFile")
        }
        options.dataFile = keys.field("data").flatMap { file($0, example: "prompts.csv") }
        return options
    }

    private static func file(_ field: Field, example: String) -> String? {
        field.text(expected: "a file, beside the profile or by its whole path, such as \(example)") { text in
            !text.isEmpty && text.utf8.count <= ProfileLimits.addressBytes && !text.utf8.contains(0)
        }
    }
}
