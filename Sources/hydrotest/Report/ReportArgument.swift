import HydrotestKit
import Report

/// Reports on the command line: read from where they lie, and written to where they are wanted.
enum ReportArgument {
    /// Reads a report.
    ///
    /// - Throws: ``CommandFailure`` with exit code 65, where it cannot be read or is none.
    static func read(_ path: String) throws -> ReportDocument {
        do {
            return try ReportFile.read(path)
        } catch {
            throw CommandFailure(code: ExitCode.badProfile, message: error.description)
        }
    }

    /// Writes a file, whole or not at all.
    ///
    /// - Throws: ``CommandFailure`` with exit code 70.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let slash = path.lastIndex(of: "/")
        let name = String(path[(slash.map { path.index(after: $0) } ?? path.startIndex)...])
        guard !name.isEmpty else {
            throw CommandFailure(code: ExitCode.badUsage, message: "\"\(path)\" names a folder; name a file")
        }
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        try write([bytes], as: [name], in: folder)
    }

    /// Writes files to a folder, which is made where it is missing: whole or not at all.
    ///
    /// - Throws: ``CommandFailure`` with exit code 70.
    static func write(_ contents: [[UInt8]], as names: [String], in folder: String) throws {
        do {
            try ReportDirectory(folder).write(contents, as: names)
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: error.description)
        }
    }
}
