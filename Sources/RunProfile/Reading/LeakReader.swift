import Vocabulary

/// Reads `leak:`.
enum LeakReader {
    /// Reads how residuals are watched.
    static func read(_ field: Field, target: TargetKind) -> LeakOptions? {
        guard var keys = MappingReader(field, expected: "a map, such as { settle: 2s }") else { return nil }
        defer { keys.finish() }
        var options = LeakOptions()
        keys.read("baseline", into: &options.baseline) { $0.duration(in: 0...ProfileLimits.longestWait, example: "2s") }
        keys.read("settle", into: &options.settle) { $0.duration(in: 0...ProfileLimits.longestWait, example: "2s") }
        keys.read("inactivity", into: &options.inactivity) {
            $0.duration(in: 1...ProfileLimits.longestInactivity, example: "10s")
        }
        keys.read("publish", into: &options.publish) { publish($0, target: target) }
        keys.read("attributionDrops", into: &options.attributionDrops) {
            $0.wholeNumber(in: ProfileLimits.attributionDrops, example: 50)
        }
        return options
    }

    private static func publish(_ field: Field, target: TargetKind) -> PublishOptions? {
        let example = "a map, such as { url: \"http://127.0.0.1:8080/broadcast?topic=news\" }"
        guard var keys = MappingReader(field, expected: example) else { return nil }
        defer { keys.finish() }
        let address = keys.required("url", expected: "an http or https address")?
            .address(target: target, defaultPath: nil, example: "/broadcast?topic=news")
        var options = PublishOptions(address: address ?? .reference(path: "/"))
        keys.read("method", into: &options.method) { $0.method() }
        keys.read("body", into: &options.body) { $0.text(expected: "text, such as hello") }
        return address == nil ? nil : options
    }
}
