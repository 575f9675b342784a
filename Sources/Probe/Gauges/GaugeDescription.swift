import Record

/// What a reader says of one of its gauges.
public struct GaugeDescription: Equatable, Sendable {
    /// The gauge's name, unique in its probe.
    public var name: String
    /// What it counts.
    public var unit: GaugeRecord.Unit
    /// Whether it only splits up another gauge: it is kept as a series, and no leak is judged by it.
    public var isDetail: Bool

    /// A description from its parts.
    public init(name: String, unit: GaugeRecord.Unit, isDetail: Bool = false) {
        self.name = name
        self.unit = unit
        self.isDetail = isDetail
    }
}
