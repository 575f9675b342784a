import Glibc

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
