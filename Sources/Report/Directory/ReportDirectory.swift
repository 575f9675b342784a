import EventStream
import Glibc

/// A directory that holds a report: `report.json.gz`, `report.html` and `report.html.gz`.
public struct ReportDirectory: Sendable {
    /// The files' names.
    public static let fileNames = ["report.json.gz", "report.html", "report.html.gz"]

    /// Where the directory is, or will be.
    public let path: String

    /// The directory at a path.
    public init(_ path: String) { self.path = path.isEmpty ? "." : path }

    /// Writes a document's report; the directory and its parents are made where they are missing.
    ///
    /// Each file is written whole under a temporary name and then renamed, so nobody ever reads half of one; where any
    /// cannot be written, none is renamed and those of an earlier report stay.
    ///
    /// - Throws: ``ReportWriteError`` with the system call, the error's name and the path.
    public func write(_ document: ReportDocument) throws(ReportWriteError) {
        let json: [UInt8]
        do { json = try document.json() } catch { throw .encoding("\(error)") }
        let html = Array(HTMLReport(document).render().utf8)
        try write([GzipEncoder.compress(json), html, GzipEncoder.compress(html)])
    }

    private func write(_ contents: [[UInt8]]) throws(ReportWriteError) {
        try makeDirectories()
        let files = Self.fileNames.map { (temporary: "\(path)/.\($0).\(getpid())", final: "\(path)/\($0)") }
        do throws(ReportWriteError) {
            for (file, bytes) in zip(files, contents) { try WholeFile.write(bytes, to: file.temporary) }
            for file in files where rename(file.temporary, file.final) != 0 {
                throw WholeFile.failure("rename", file.final)
            }
            try WholeFile.synchronize(directory: path)
        } catch {
            for file in files { unlink(file.temporary) }
            throw error
        }
    }

    private func makeDirectories() throws(ReportWriteError) {
        var prefix = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            prefix += part
            if mkdir(prefix, 0o777) != 0, errno != EEXIST {
                // A parent may not be writable and yet be there.
                let failure = WholeFile.failure("mkdir", prefix)
                var status = stat()
                guard stat(prefix, &status) == 0 else { throw failure }
            }
            prefix += "/"
        }
    }
}
