import EventLoop
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

/// Why a report could not be written.
public enum ReportWriteError: Error, Equatable, Sendable {
    /// A system call failed: its name, the error's name (`ENOSPC`) and the path.
    case system(call: String, error: String, path: String)
    /// The document cannot be written as JSON; the encoder's words.
    case encoding(String)
}

extension ReportWriteError: CustomStringConvertible {
    /// The error in one line.
    public var description: String {
        switch self {
        case .system(let call, let error, let path): "cannot write the report: \(call) \(path): \(error)"
        case .encoding(let reason): "cannot write the report as JSON: \(reason)"
        }
    }
}

/// A file that is written whole and reaches the disk before it gets its name.
enum WholeFile {
    /// Writes bytes to a new file and waits until they are on the disk.
    static func write(_ bytes: [UInt8], to path: String) throws(ReportWriteError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw failure("open", path) }
        do throws(ReportWriteError) {
            try write(bytes, to: file, path)
            guard fsync(file) == 0 else { throw failure("fsync", path) }
        } catch {
            close(file)
            throw error
        }
        guard close(file) == 0 else { throw failure("close", path) }
    }

    /// Waits until a directory's names are on the disk.
    static func synchronize(directory path: String) throws(ReportWriteError) {
        let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw failure("open", path) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw failure("fsync", path) }
    }

    /// The error of the call that just failed.
    static func failure(_ call: String, _ path: String) -> ReportWriteError {
        .system(call: call, error: lastError, path: path)
    }

    /// The name of the error that the last system call left behind.
    static var lastError: String { SystemError.last.name }

    private static func write(_ bytes: [UInt8], to file: Int32, _ path: String) throws(ReportWriteError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(file, $0.baseAddress?.advanced(by: written), $0.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("write", path)
            }
            written += count
        }
    }
}
