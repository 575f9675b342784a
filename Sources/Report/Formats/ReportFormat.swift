/// A form that a report can be rendered to.
public enum ReportFormat: String, CaseIterable, Sendable {
    /// The page.
    case html
    /// The document itself.
    case json
    /// JUnit XML, for CI servers.
    case junit
    /// A page of Markdown, for pull requests.
    case markdown
    /// The series as comma-separated values.
    case csv
    /// HdrHistogram's percentile distribution, a file for each latency.
    case hgrm
    /// HdrHistogram's interval log, with all latencies.
    case hlog
    /// OpenMetrics text, for GitLab's metrics report.
    case metrics

    /// The files of a document, each with the name that it has in a folder; several only for ``hgrm``.
    ///
    /// - Throws: `EncodingError` where a value cannot be written as JSON.
    public func files(_ document: ReportDocument) throws -> [(name: String, bytes: [UInt8])] {
        switch self {
        case .html: return [("report.html", Array(HTMLReport(document).render().utf8))]
        case .json: return [("report.json", try document.json())]
        case .junit: return [("report.junit.xml", Array(JUnitReport(document).render().utf8))]
        case .markdown: return [("report.md", Array(MarkdownReport(document).render().utf8))]
        case .csv: return [("report.csv", Array(CSVReport(document).render().utf8))]
        case .hlog: return [("report.hlog", Array(IntervalLog(document).render().utf8))]
        case .metrics: return [("report.metrics.txt", Array(MetricsReport(document).render().utf8))]
        case .hgrm:
            return document.record.histograms.map { name, histogram in
                ("\(name).hgrm", Array(PercentileFile(histogram).render().utf8))
            }
        }
    }
}
