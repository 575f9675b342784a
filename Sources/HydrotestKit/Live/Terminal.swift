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

/// A terminal's size; 80 columns and 24 rows where it does not say.
public struct TerminalSize: Equatable, Sendable {
    /// Characters in a line.
    public var columns = 80
    /// Lines.
    public var rows = 24

    /// The size of the terminal behind a descriptor, as it is now.
    public static func current(of descriptor: Int32) -> TerminalSize {
        var size = TerminalSize()
        var told = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &told) == 0 else { return size }
        if told.ws_col > 0 { size.columns = Int(told.ws_col) }
        if told.ws_row > 0 { size.rows = Int(told.ws_row) }
        return size
    }
}

/// Text for people and programs.
public enum TextOutput {
    /// Writes a text to a descriptor as it is; what cannot be written is left out.
    public static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    /// Writes bytes to a descriptor as they are; what cannot be written is left out.
    public static func write(_ whole: [UInt8], to descriptor: Int32) {
        var bytes = whole[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                bytes = bytes.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
