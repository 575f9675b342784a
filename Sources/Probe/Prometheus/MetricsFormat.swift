/// The formats that metrics come in.
enum MetricsFormat: Equatable, Sendable {
    /// The text format of Prometheus, version 0.0.4.
    case prometheus
    /// OpenMetrics 1.0.
    case openMetrics

    /// What is asked for: OpenMetrics rather than the older format.
    static let accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

    /// The format of an answer, by its content type; whatever is not called OpenMetrics is read as the older format.
    init(contentType: String?) {
        let type = contentType?.prefix { $0 != ";" && $0 != " " }.lowercased()
        self = type == "application/openmetrics-text" ? .openMetrics : .prometheus
    }
}
