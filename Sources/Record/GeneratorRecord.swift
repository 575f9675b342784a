/// The generator's own state: what it took from the machine, and whether its figures can be trusted.
public struct GeneratorRecord: Codable, Equatable, Sendable {
    /// Processor time, user and system, in seconds.
    public var cpuSeconds = 0.0
    /// The most memory it held, in bytes.
    public var peakResidentBytes: UInt64 = 0
    /// Why its latency figures are not to be trusted; empty where they are.
    public var saturation: [String] = []

    /// A generator that did nothing.
    public init() {}
}
