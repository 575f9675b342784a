/// Why a report file could not be read; a file of another make is never taken for a report.
public enum ReportReadError: Error, Equatable, Sendable {
    /// There is no such file, or it cannot be opened: the path and the error's name.
    case unreadable(path: String, error: String)
    /// A folder without a report.
    case noReport(path: String)
    /// The compressed data ends too early, or a checksum is wrong: the path and what is wrong.
    case damaged(path: String, reason: String)
    /// The file unpacks to more than a report ever is.
    case tooLarge(path: String)
    /// The file is no JSON of a report: the path and what is wrong, where.
    case corrupt(path: String, reason: String)
    /// A report of a form that this version does not know.
    case unknownForm(path: String, schema: String)
}

extension ReportReadError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .unreadable(let path, let error):
            "cannot read the report \"\(path)\": \(error); name a report folder or its report.json.gz"
        case .noReport(let path):
            "there is no report.json.gz in \"\(path)\"; where a run died, hydrotest report recover makes one of its "
                + "run.journal"
        case .damaged(let path, let reason):
            "the report \"\(path)\" is damaged: \(reason); copy it again, or repeat the run"
        case .tooLarge(let path):
            "\"\(path)\" unpacks to more than \(ReportFile.mostBytes >> 20) MiB, which no report does"
        case .corrupt(let path, let reason): "\"\(path)\" is no report: \(reason)"
        case .unknownForm(let path, let schema):
            "\"\(path)\" is of the form \(PlainText.clean(schema, limit: 60)), which this version of Hydrotest does not "
                + "know (it knows \(ReportDocument.currentSchema)); read it with a newer version"
        }
    }
}
