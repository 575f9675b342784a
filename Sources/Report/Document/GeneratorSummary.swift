import Record

/// The generator's own state: whether its figures can be trusted.
public struct GeneratorSummary: Codable, Equatable, Sendable {
    /// By how much the event loops woke late, in ns; nil where it was not measured.
    public var loopLag: IntervalSummary?
    /// By how much moments of arrival may be wrong, in ns: the error of the kernel's time stamps, or the event loops' lag
    /// where not nearly all reads have one; nil where nothing was read.
    public var arrivalError: IntervalSummary?
    /// The share of the reads that the kernel has stamped; nil where nothing was read, or nobody counted.
    public var stampedShare: Double?
    /// Connections that started later than a tolerance after their scheduled moment.
    public var lateArrivals: UInt64
    /// Whether the latency figures are not to be trusted.
    public var saturated: Bool
    /// Processor time, user and system, in seconds; nil where it was not measured.
    public var cpuSeconds: Double?
    /// The most memory it held, in bytes; nil where it was not measured.
    public var peakResidentBytes: UInt64?

    /// The share of stamped reads from which the others change no 99th percentile.
    static let nearlyAll = 0.995

    /// The figures of a record's generator.
    public init(_ record: RunRecord) {
        loopLag = IntervalSummary(record.load.loopLag)
        if let unstamped = record.load.unstampedReads ?? (record.load.stampedReads > 0 ? 0 : nil) {
            let stamped = Double(record.load.stampedReads)
            let share = stamped / max(1, stamped + Double(unstamped))
            stampedShare = share
            let isStamped = share >= Self.nearlyAll
            arrivalError = isStamped ? record.load.stampError.flatMap(IntervalSummary.init) : loopLag
        }
        lateArrivals = record.load.lateArrivals
        saturated = !record.generator.saturation.isEmpty
        // A process that runs has used some time and some memory: zero can only mean that nobody looked.
        cpuSeconds = record.generator.cpuSeconds > 0 ? record.generator.cpuSeconds : nil
        peakResidentBytes = record.generator.peakResidentBytes > 0 ? record.generator.peakResidentBytes : nil
    }
}
