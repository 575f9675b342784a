import Glibc
import Vocabulary

/// One line on a terminal that is written over while a run lasts; silent where there is no terminal.
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
        let line = String(text.prefix(Self.width() - 1))
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

    /// The terminal's width in columns; 80 where it does not say.
    public static func width() -> Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return Int(size.ws_col)
    }

    private func write(_ text: String) {
        var bytes = Array(text.utf8)
        _ = Glibc.write(STDERR_FILENO, &bytes, bytes.count)
    }
}
