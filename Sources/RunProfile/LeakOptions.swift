import Vocabulary

/// How residuals are watched before and after the load.
public struct LeakOptions: Equatable, Sendable {
    /// How long gauges are sampled before the load.
    public var baseline: Nanoseconds = 2 * .perSecond
    /// How long after the last connection a residual may take to drain.
    public var settle: Nanoseconds = 2 * .perSecond
    /// The server's inactivity timeout, in ns; nil for the one that its ends of quiet streams tell, if there are any.
    public var inactivity: Nanoseconds?
    /// What is published to wake leaked clients; nil to leave that rung out.
    public var publish: PublishOptions?
    /// By how much a counted gauge may grow under constant load, in units per 1,000 connections.
    public var tolerance = 0.0
    /// By how much memory may grow under constant load, in bytes per 1,000 connections; nil for a mere warning.
    public var byteTolerance: Double?
    /// How many connections each stage is given to find out which one leaks, once a gauge is left with a residual; 0 for none.
    public var attributionDrops = 50

    /// Whether a few streams are opened and ended in good order before the load, to see which gauges show them.
    public var calibrate = true

    /// The defaults.
    public init() {}
}

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
