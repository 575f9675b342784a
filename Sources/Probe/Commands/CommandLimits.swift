import Vocabulary

/// The bounds that a probe's command is kept to.
public enum CommandLimits {
    /// Bytes of standard output that are read; a command that prints more is ended.
    public static let outputBytes = 1 << 20
    /// The last bytes of standard error, of which the last line is kept.
    public static let errorBytes = 4096
    /// Characters of that line.
    public static let errorLineLength = 120
    /// How long the end of a command that has closed its output is waited for at a time, in ns.
    static let lookEvery: Nanoseconds = 10 * .perMillisecond
}
