/// One reading of one gauge, and when it was begun.
public struct GaugeSample: Equatable, Sendable {
    /// The probe.
    public let probe: String
    /// The gauge.
    public let gauge: GaugeDescription
    /// When the reading was begun, in seconds since the run's start.
    public let time: Double
    /// What came of it.
    public let reading: GaugeReading

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge.name)" }
    /// The figure; nil where there is none.
    public var value: Double? {
        if case .value(let value) = reading { value } else { nil }
    }
}
