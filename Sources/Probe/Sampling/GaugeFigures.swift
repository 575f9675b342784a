/// What one gauge showed in a window of time.
public struct GaugeFigures: Equatable, Sendable {
    /// The probe.
    public let probe: String
    /// The gauge.
    public let gauge: GaugeDescription
    /// The lowest value; nil where the gauge was not read in the window.
    public var minimum: Double?
    /// The highest value; nil where the gauge was not read in the window.
    public var maximum: Double?
    /// The latest value; nil where the gauge was not read in the window.
    public var last: Double?

    /// The key of the gauge's series: probe and name.
    public var seriesName: String { "\(probe).\(gauge.name)" }
}
