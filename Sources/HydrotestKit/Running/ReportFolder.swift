import EventLoop
import Foundation
import Glibc

/// The folder that a run's report will be written to.
public enum ReportFolder {
    /// Looks whether the folder can be made and written to, before a run of hours finds out; leaves nothing behind.
    ///
    /// - Throws: ``RunError/machine(_:)`` where it cannot.
    public static func check(_ path: String) throws(RunError) {
        var nearest = URL(fileURLWithPath: path).standardizedFileURL
        while access(nearest.path, F_OK) != 0, errno == ENOENT, nearest.path != "/" {
            nearest.deleteLastPathComponent()
        }
        if let error = writeError(nearest.path) {
            throw .machine(
                "cannot write to \"\(nearest.path)\" for the report folder \"\(path)\" (\(error)); "
                    + "name another with --report-dir"
            )
        }
    }

    /// Why no file can be made in a folder; nil where one can, and was for a moment.
    private static func writeError(_ folder: String) -> String? {
        var status = stat()
        guard stat(folder, &status) == 0 else { return SystemError.last.name }
        guard status.st_mode & S_IFMT == S_IFDIR else { return "ENOTDIR" }
        // Permissions alone do not tell: root may write anywhere, but for what no file can be made in, such as /proc.
        let probe = "\(folder)/.hydrotest.\(getpid())"
        let file = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { return SystemError.last.name }
        close(file)
        unlink(probe)
        return nil
    }
}
