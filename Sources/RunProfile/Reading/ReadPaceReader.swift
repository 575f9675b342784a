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
