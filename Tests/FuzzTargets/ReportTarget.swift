import Report

/// Reports.
enum ReportTarget {
    static func run(_ bytes: [UInt8]) {
        guard let document = try? ReportDocument(json: bytes) else { return }
        guard let again = try? document.json() else { preconditionFailure("a report that was read cannot be written") }
        precondition((try? ReportDocument(json: again)) != nil, "a report that was written cannot be read")
    }
}
