import Vocabulary

/// Reads `heartbeat:`.
enum HeartbeatReader {
    /// Reads what is expected of heartbeats.
    static func read(_ field: Field) -> HeartbeatOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { expect: 1s }") else { return nil }
        defer { keys.finish() }
        let period = keys.required("expect", expected: "a duration, such as 1s")?
            .duration(in: .perMillisecond...ProfileLimits.longestWait, example: "1s")
        var options = HeartbeatOptions(expect: period ?? .perSecond)
        keys.read("tolerance", into: &options.tolerance) { $0.share(upTo: ProfileLimits.tolerance) }
        keys.read("match", into: &options.match, match)
        return period == nil ? nil : options
    }

    private static func match(_ field: Field) -> HeartbeatOptions.Match? {
        let expectation = "comment, any, or event:NAME, such as event:ping"
        guard let text = field.text(expected: expectation) else { return nil }
        if text == "comment" { return .comment }
        if text == "any" { return .any }
        let name = text.dropFirst("event:".count)
        let isLine = !name.unicodeScalars.contains { $0 == "\n" || $0 == "\r" }
        guard text.hasPrefix("event:"), !name.isEmpty, name.count <= ProfileLimits.nameLength, isLine else {
            field.reject(
                "found \(field.node.kind)",
                expected: expectation,
                nearest: NearestName.find(text, among: ["comment", "any"])
            )
            return nil
        }
        return .event(String(name))
    }
}
