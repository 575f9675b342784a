/// What came of reading a gauge once.
public enum GaugeReading: Equatable, Sendable {
    /// The figure.
    case value(Double)
    /// No figure, and the name of the reason.
    case gap(String)
}
