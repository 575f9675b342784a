import Foundation
import Glibc

/// The folder that a run's report will be written to.
public enum ReportFolder {
    /// Looks whether the folder can be made and written to, before a run of hours finds out; makes nothing.
    ///
    /// - Throws: ``RunError/machine(_:)`` where it cannot.
    public static func check(_ path: String) throws(RunError) {
        var nearest = URL(fileURLWithPath: path).standardizedFileURL
        while access(nearest.path, F_OK) != 0, errno == ENOENT, nearest.path != "/" {
            nearest.deleteLastPathComponent()
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: nearest.path, isDirectory: &isFolder), isFolder.boolValue,
            access(nearest.path, W_OK | X_OK) == 0
        else {
            throw .machine(
                "cannot write to \"\(nearest.path)\" for the report folder \"\(path)\"; name another with --report-dir"
            )
        }
    }
}
