import Foundation
import Glibc
import HydrotestKit

/// A file that results are written to.
enum ResultFile {
    /// Looks whether a file can be written, before time is spent on what it will hold.
    ///
    /// - Throws: ``CommandFailure`` where it cannot.
    static func checkFolder(of file: String) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        guard !file.isEmpty, access(folder, W_OK | X_OK) == 0 else {
            throw CommandFailure(code: ExitCode.badUsage, message: "cannot write to \"\(folder)\"; name another file")
        }
    }

    /// Writes a file whole.
    ///
    /// - Throws: ``CommandFailure`` where it cannot be written.
    static func write(_ data: Data, to path: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: "cannot write \"\(path)\"; name another file")
        }
    }
}
