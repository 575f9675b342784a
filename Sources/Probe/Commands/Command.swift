import EventLoop
import Glibc
import Vocabulary

/// Runs a program to its end, with its output read and bounded; there is no shell in between.
struct Command: Sendable {
    /// The program, looked for in `PATH` where it has no slash, and its arguments.
    let words: [String]

    /// Runs the program once, in a process group of its own that ends with it.
    ///
    /// - Parameter timeout: ns until the whole group is killed.
    /// - Throws: `ENOENT`, `EACCES` and what else posix_spawn(3) names where it cannot be started.
    func run(timeout: Nanoseconds) throws(SystemError) -> CommandResult {
        let (deadline, overflow) = MonotonicClock.now().addingReportingOverflow(timeout)
        var child = try SpawnedCommand(words: words)
        return child.finish(by: overflow ? .max : deadline)
    }
}
