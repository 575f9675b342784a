import Report

/// Reports: whatever the bytes, there is a document that is written as it was read, or an error.
enum ReportTarget {
    static func run(_ bytes: UnsafeRawBufferPointer) {
        guard let document = try? ReportDocument(json: Array(bytes)) else { return }
        guard let json = try? document.json() else { return }
        guard let again = try? ReportDocument(json: json), let same = try? again.json() else {
            preconditionFailure("a report that was written cannot be read")
        }
        precondition(json == same, "a report is written otherwise when it is written twice")
    }
}
