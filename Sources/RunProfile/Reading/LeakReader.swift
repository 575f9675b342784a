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
        keys.read("publish", into: &options.publish) { PublishReader.read($0, target: target) }
        keys.read("tolerance", into: &options.tolerance) {
            $0.decimal(from: 0, upTo: ProfileLimits.leakTolerance, example: "0.05")
        }
        keys.read("byteTolerance", into: &options.byteTolerance) {
            $0.decimal(from: 0, upTo: ProfileLimits.leakByteTolerance, example: "4096")
        }
        keys.read("attributionDrops", into: &options.attributionDrops) {
            $0.wholeNumber(in: ProfileLimits.attributionDrops, example: 50)
        }
        keys.read("calibrate", into: &options.calibrate) { $0.flag() }
        return options
    }
}
