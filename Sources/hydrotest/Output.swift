import Glibc
import HydrotestKit

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
