import Foundation
import Glibc
import HydrotestKit
import Report

/// Lines for people and programs.
enum Output {
    /// Writes a line to standard output.
    static func line(_ text: String) { TextOutput.write(text + "\n", to: STDOUT_FILENO) }

    /// Writes bytes to standard output as they are.
    static func bytes(_ bytes: [UInt8]) { TextOutput.write(bytes, to: STDOUT_FILENO) }

    /// Writes a line to standard error.
    static func error(_ text: String) { TextOutput.write(text + "\n", to: STDERR_FILENO) }

    /// Whether standard error is a terminal.
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether standard output is a terminal that shows colours (https://no-color.org).
    static var hasColor: Bool {
        isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
            && getenv("TERM").map { strcmp($0, "dumb") != 0 } == true
    }
}

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

/// What a CI server is told beside the report's files, by the variables that it sets for its jobs.
enum ContinuousIntegration {
    /// Tells a report: a summary of the job where `GITHUB_STEP_SUMMARY` names a file, annotations in GitHub Actions.
    static func tell(_ document: ReportDocument) {
        summarize(MarkdownReport(document).render())
        guard variable("GITHUB_ACTIONS") == "true" else { return }
        for line in WorkflowCommands(document).lines() { Output.line(line) }
    }

    /// Adds Markdown to the job's summary; a summary that cannot be written is said and harms nothing.
    static func summarize(_ markdown: String) {
        guard let path = variable("GITHUB_STEP_SUMMARY"), !path.isEmpty else { return }
        let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            return Output.error("hydrotest: cannot write the job's summary to \"\(path)\" (GITHUB_STEP_SUMMARY)")
        }
        defer { close(file) }
        var bytes = Array((markdown + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                return Output.error("hydrotest: cannot write the job's summary to \"\(path)\" (GITHUB_STEP_SUMMARY)")
            }
        }
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

/// Words as a shell reads them.
enum ShellText {
    /// A word in quotes where a shell would take it apart.
    static func quote(_ word: String) -> String {
        let plain = word.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || "_-./=:,@%+".utf8.contains($0)
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}

/// Names that are safe in a path.
enum FileName {
    /// A name with everything but letters, digits, dots, dashes and underscores replaced by dashes.
    static func safe(_ name: String) -> String {
        let kept = name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-" }
        let text = String(kept.prefix(80).drop { $0 == "." })
        return text.isEmpty ? "run" : text
    }
}
