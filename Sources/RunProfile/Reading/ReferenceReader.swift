import Vocabulary

/// Reads `reference:`.
enum ReferenceReader {
    /// Reads how the bundled server is started.
    static func read(_ field: Field, target: TargetKind) -> ReferenceOptions? {
        if case .server = target {
            field.reject(
                "the bundled server is not the target",
                expected: "target.url: reference, or no reference section"
            )
        }
        guard var keys = MappingReader(field, expected: "a map, such as { registry: racy }") else { return nil }
        defer { keys.finish() }
        var options = ReferenceOptions()
        let limit = ProfileLimits.longestWait
        keys.read("registry", into: &options.registry) { $0.choice() }
        keys.read("heartbeat", into: &options.heartbeat) {
            $0.durationOrOff(in: .perMillisecond...limit, example: "1s")
        }
        keys.read("inactivity", into: &options.inactivity) {
            $0.duration(in: .perMillisecond...ProfileLimits.longestInactivity, example: "30s")
        }
        keys.read("raceWindow", into: &options.raceWindow) { $0.duration(in: 0...limit, example: "5ms") }
        return options
    }
}
