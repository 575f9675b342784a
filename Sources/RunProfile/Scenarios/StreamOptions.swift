import Vocabulary

/// What a scenario looks for in the events of its streams.
public struct StreamOptions: Equatable, Sendable {
    /// The event that ends a stream in good order.
    public enum EndMarker: Equatable, Sendable {
        /// One whose data is a text: `[DONE]`.
        case data(String)
        /// One of a name.
        case event(String)
    }

    /// The time that a server writes into its events.
    public struct ServerTime: Equatable, Sendable {
        /// Where it stands in the event's data (RFC 6901).
        public var pointer: String
        /// What its number counts.
        public var unit: Unit

        /// A time from its parts.
        public init(pointer: String, unit: Unit) {
            self.pointer = pointer
            self.unit = unit
        }
    }

    /// The units that a time's number can count.
    public enum Unit: String, CaseIterable, Sendable {
        /// Seconds.
        case seconds = "s"
        /// Milliseconds.
        case milliseconds = "ms"
        /// Microseconds.
        case microseconds = "us"
        /// Nanoseconds.
        case nanoseconds = "ns"

        /// One of it, in ns.
        public var each: Nanoseconds {
            switch self {
            case .seconds: .perSecond
            case .milliseconds: .perMillisecond
            case .microseconds: .perMicrosecond
            case .nanoseconds: 1
            }
        }
    }

    /// The event that ends a stream in good order; nil where only time does.
    public var until: EndMarker?
    /// Where the text of a token stands in an event's data (RFC 6901); nil where there are none.
    public var tokens: String?
    /// The time that the server writes into its events; nil where it writes none.
    public var serverTime: ServerTime?

    /// Nothing.
    public init() {}
}

/// How a scenario's streams are read once their response head has come.
public enum ReadPace: Equatable, Sendable {
    /// As bytes come.
    case full
    /// At most so many bytes a second.
    case rate(Double)
    /// Not at all.
    case stop
}

/// Reads what a scenario looks for in the events of its streams.
enum StreamReader {
    /// Reads `until`, `tokens` and `latency` of a scenario.
    static func read(_ keys: inout MappingReader) -> StreamOptions {
        var options = StreamOptions()
        keys.read("until", into: &options.until, endMarker)
        keys.read("tokens", into: &options.tokens, pointer)
        keys.read("latency", into: &options.serverTime, serverTime)
        return options
    }

    private static let markers = "the data of a stream's last event, such as \"[DONE]\", or { event: message_stop }"

    private static func endMarker(_ field: Field) -> StreamOptions.EndMarker? {
        guard case .mapping = field.node.content else {
            return field.text(expected: markers) { $0.utf8.count <= ProfileLimits.markerBytes }.map { .data($0) }
        }
        guard var keys = MappingReader(field, expected: markers) else { return nil }
        defer { keys.finish() }
        return keys.required("event", expected: "an event's name, such as message_stop")?.name().map { .event($0) }
    }

    private static func serverTime(_ field: Field) -> StreamOptions.ServerTime? {
        guard var keys = MappingReader(field, expected: "a map, such as { pointer: /t, unit: ms }") else { return nil }
        defer { keys.finish() }
        let pointer = keys.required("pointer", expected: "a JSON Pointer, such as /t").flatMap(pointer)
        let unit: StreamOptions.Unit? = keys.required("unit", expected: "one of s, ms, us, ns")?.choice()
        guard let pointer, let unit else { return nil }
        return StreamOptions.ServerTime(pointer: pointer, unit: unit)
    }

    /// A JSON Pointer that is followed in every event, and so must be short.
    private static func pointer(_ field: Field) -> String? {
        guard let pointer = JSONPointerReader.read(field) else { return nil }
        let names = pointer.utf8.count { $0 == UInt8(ascii: "/") }
        guard names <= ProfileLimits.pointerNames else {
            field.reject("\(names) names in a pointer", expected: "at most \(ProfileLimits.pointerNames)")
            return nil
        }
        return pointer
    }
}

/// Reads `read:` of a scenario.
enum ReadPaceReader {
    /// Reads how a scenario's streams are read.
    static func read(_ field: Field) -> ReadPace? {
        let expectation = "stop, or a rate, such as { rate: 1KiB/s }"
        if case .scalar("stop", _) = field.node.content { return .stop }
        guard var keys = MappingReader(field, expected: expectation) else { return nil }
        defer { keys.finish() }
        return keys.required("rate", expected: "bytes a second, such as 1KiB/s")?
            .byteRate(upTo: ProfileLimits.readRate, example: "1KiB/s").map { .rate($0) }
    }
}
