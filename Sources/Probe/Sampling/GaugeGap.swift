/// Readings of one gauge that failed for one reason.
public struct GaugeGap: Equatable, Sendable {
    /// The probe.
    public let probe: String
    /// The gauge's name.
    public let gauge: String
    /// The reason's name.
    public let name: String
    /// How many readings failed for it.
    public let count: UInt64
    /// When the first of them was begun, in seconds since the run's start.
    public let firstTime: Double
}
