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
