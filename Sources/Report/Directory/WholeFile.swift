import EventLoop
import Glibc

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
