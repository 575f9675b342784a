import Foundation
import Glibc
import HydrotestKit

/// Files that a command leaves.
enum WholeOutput {
    /// Looks whether a file can be written, before minutes are spent on what it is to hold.
    ///
    /// - Throws: ``CommandFailure``.
    static func checkFolder(of file: String) throws {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
        guard !file.isEmpty, access(folder, W_OK | X_OK) == 0 else {
            throw CommandFailure(code: ExitCode.badUsage, message: "cannot write to \"\(folder)\"; name another file")
        }
    }

    /// Writes a file whole, or not at all.
    ///
    /// - Throws: ``CommandFailure``.
    static func write(_ data: Data, to path: String) throws {
        do {
            try data.write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: "cannot write \"\(path)\"; name another file")
        }
    }
}
