/// Why a text is no metrics.
struct MetricsError: Error, Equatable {
    /// The name that it is counted under.
    let name: String

    /// A line is none that the format has.
    static let syntax = MetricsError(name: GapName.notMetrics)
    /// OpenMetrics without its last line: the text was cut off.
    static let cutOff = MetricsError(name: GapName.metricsCutOff)
    /// A line is longer than ``MetricsParser/lineLimit``.
    static let lineLimit = MetricsError(name: "LIMIT_METRICS_LINE_BYTES")
    /// There are more lines than ``MetricsParser/lineCountLimit``.
    static let lineCountLimit = MetricsError(name: "LIMIT_METRICS_LINES")
    /// A sample has more labels than ``MetricsParser/labelLimit``.
    static let labelLimit = MetricsError(name: "LIMIT_METRICS_LABELS")
}
