import EventLoop
import Vocabulary

/// A command of a run, with bounded time and output.
///
/// What it starts in the background lives on after its end, unless it had to be ended itself. As its own output goes to
/// pipes that are closed then, such a program's output must be redirected.
public struct HookCommand: Sendable {
    private let words: [String]
    private let folder: String?
    private let variables: [String: String]

    /// A command that is not started yet.
    ///
    /// - Parameters:
    ///   - words: the program, looked for in `PATH` where it has no slash, and its arguments.
    ///   - folder: the folder that it starts in; nil for our own.
    ///   - variables: what its environment holds beside our own.
    public init(words: [String], folder: String?, variables: [String: String]) {
        self.words = words
        self.folder = folder
        self.variables = variables
    }

    /// Runs the command to its end.
    ///
    /// - Parameters:
    ///   - timeout: ns until it is killed with all that it has started.
    ///   - isCancelled: whether it is to be killed now; asked several times a second.
    /// - Returns: why it failed, with the last line of its standard error; nil where it ended well.
    /// - Throws: `ENOENT`, `EACCES` and what else posix_spawn(3) names where it cannot be started.
    public func run(timeout: Nanoseconds, isCancelled: () -> Bool) throws(SystemError) -> String? {
        let (deadline, overflow) = MonotonicClock.now().addingReportingOverflow(timeout)
        var child = try SpawnedCommand(words: words, folder: folder, variables: variables)
        let end = child.finish(by: overflow ? .max : deadline, leavesGroup: true, isCancelled: isCancelled)
        return end.gapName
    }
}
