import Record
import Vocabulary

/// A report's latencies as HdrHistogram's interval log (V2), which its log processor and analyzers take.
///
/// The record holds each latency over the whole run: each is one interval, with its name as its tag.
public struct IntervalLog: Sendable {
    private let document: ReportDocument

    /// The log of a document.
    public init(_ document: ReportDocument) { self.document = document }

    /// The log's text; times are in seconds, the interval's longest span in ms.
    public func render() -> String {
        let start = NumberText.fixed(max(0, document.started), digits: 3)
        let length = NumberText.fixed(max(0, document.ended - document.started), digits: 3)
        var text = """
            #[Histogram log format version 1.3]
            #[BaseTime: \(start) (seconds since epoch)]
            #[StartTime: \(start) (seconds since epoch), \(FigureText.moment(document.started))]
            "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"

            """
        for (name, histogram) in document.record.histograms {
            let longest = NumberText.fixed(Double(histogram.largest) / 1e6, digits: 3)
            text += "Tag=\(name),0.000,\(length),\(longest),\(HistogramPayload.encode(histogram))\n"
        }
        return text
    }
}
