import EventStream
import Glibc

/// A directory that holds a report: for people, for programs, and for CI servers.
public struct ReportDirectory: Sendable {
    /// The files' names.
    public static let fileNames = [
        "report.json.gz", "report.html", "report.html.gz", "report.md", "report.junit.xml", "report.metrics.txt",
    ]

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
        let texts = [
            MarkdownReport(document).render(), JUnitReport(document).render(), MetricsReport(document).render(),
        ]
        try write(
            [GzipEncoder.compress(json), html, GzipEncoder.compress(html)] + texts.map { Array($0.utf8) },
            as: Self.fileNames
        )
    }

    /// Writes files of other names, whole or not at all; the directory and its parents are made where they are missing.
    ///
    /// - Throws: ``ReportWriteError`` with the system call, the error's name and the path.
    public func write(_ contents: [[UInt8]], as names: [String]) throws(ReportWriteError) {
        try makeDirectories()
        let files = names.map { (temporary: "\(path)/.\($0).\(getpid())", final: "\(path)/\($0)") }
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

    /// Makes the directory and its parents where they are missing.
    ///
    /// - Throws: ``ReportWriteError`` with the system call, the error's name and the path.
    public func makeDirectories() throws(ReportWriteError) {
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
