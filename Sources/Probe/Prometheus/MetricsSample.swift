/// One sample among metrics.
struct MetricsSample: Equatable {
    /// The name, as the sample carries it.
    var name: String
    /// The labels.
    var labels: [String: String]
    /// The value; may be infinite or not a number.
    var value: Double
}
