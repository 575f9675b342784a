import Glibc
import Vocabulary

/// One line on a terminal that is written over while a command lasts; silent where there is no terminal.
public final class ProgressLine {
    private let isShown: Bool
    private var shownWidth = 0

    /// A line on standard error.
    ///
    /// - Parameter quiet: whether to stay silent even on a terminal.
    public init(quiet: Bool) {
        isShown = !quiet && isatty(STDERR_FILENO) == 1
    }

    /// Shows a text in place of the last one, cut to the terminal's width.
    public func show(_ text: String) {
        guard isShown else { return }
        let line = String(text.prefix(TerminalSize.current(of: STDERR_FILENO).columns - 1))
        let padding = String(repeating: " ", count: max(0, shownWidth - line.count))
        write("\r\(line)\(padding)")
        shownWidth = line.count
    }

    /// Takes the line away.
    public func clear() {
        guard isShown, shownWidth > 0 else { return }
        write("\r" + String(repeating: " ", count: shownWidth) + "\r")
        shownWidth = 0
    }

    private func write(_ text: String) { TextOutput.write(text, to: STDERR_FILENO) }
}
