import Foundation
import Glibc

/// The folder that a run's report will be written to.
public enum ReportFolder {
    /// Makes the folder and looks whether it can be written to, before a run of hours finds out.
    ///
    /// - Throws: ``RunError/machine(_:)`` where it cannot.
    public static func prepare(_ path: String) throws(RunError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .machine("cannot make the report folder \"\(path)\"; name another with --report-dir")
        }
        guard access(path, W_OK | X_OK) == 0 else {
            throw .machine("cannot write to the report folder \"\(path)\"; name another with --report-dir")
        }
    }
}
