import Record

/// The generator's own state: whether its figures can be trusted.
public struct GeneratorSummary: Codable, Equatable, Sendable {
    /// By how much the event loops woke late, in ns; nil where it was not measured.
    public var loopLag: IntervalSummary?
    /// Connections that started later than a tolerance after their scheduled moment.
    public var lateArrivals: UInt64
    /// Whether the latency figures are not to be trusted.
    public var saturated: Bool
    /// Processor time, user and system, in seconds; nil where it was not measured.
    public var cpuSeconds: Double?
    /// The most memory it held, in bytes; nil where it was not measured.
    public var peakResidentBytes: UInt64?

    /// The figures of a record's generator.
    public init(_ record: RunRecord) {
        loopLag = IntervalSummary(record.load.loopLag)
        lateArrivals = record.load.lateArrivals
        saturated = !record.generator.saturation.isEmpty
        // A process that runs has used some time and some memory: zero can only mean that nobody looked.
        cpuSeconds = record.generator.cpuSeconds > 0 ? record.generator.cpuSeconds : nil
        peakResidentBytes = record.generator.peakResidentBytes > 0 ? record.generator.peakResidentBytes : nil
    }
}
