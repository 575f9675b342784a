/// What came of running a command once.
struct CommandResult: Equatable {
    /// How it ended.
    enum End: Equatable {
        /// By itself, with an exit code.
        case exited(Int32)
        /// By a signal.
        case signalled(Int32)
        /// It was ended because its time was up.
        case timedOut
        /// It was ended because nobody waited for it any more.
        case cancelled
        /// It was ended because it printed too much.
        case outputLimit
    }

    /// How it ended.
    var end: End
    /// What it printed to standard output.
    var output: [UInt8]
    /// The last line that it printed to standard error, cut to a limit; nil where there is none.
    var errorLine: String?

    /// The name of the gap that it leaves; nil where it ended well.
    var gapName: String? {
        let name: String
        switch end {
        case .exited(0): return nil
        case .exited(let code): name = "EXIT_\(code)"
        case .signalled(let number): name = "SIGNAL_\(number)"
        case .timedOut: return GapName.timeout
        case .cancelled: return "CANCELLED"
        case .outputLimit: return "LIMIT_OUTPUT_BYTES"
        }
        return errorLine.map { "\(name): \($0)" } ?? name
    }
}
