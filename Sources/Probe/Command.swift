import CLinux
import EventLoop
import Foundation
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

/// A command that runs: its process, which leads a group of its own, and the pipes of its output.
struct SpawnedCommand {
    private let pid: pid_t
    private let pipes: [Int32]
    private var output: [UInt8] = []
    private var errors: [UInt8] = []

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - folder: the folder that it starts in; nil for our own.
    ///   - variables: what its environment holds beside our own.
    /// - Throws: `ENOENT`, `EACCES` and what else posix_spawn(3) names.
    init(words: [String], folder: String? = nil, variables: [String: String] = [:]) throws(SystemError) {
        var (output, errors): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
        guard hydrotest_pipe(&output) == 0 else { throw .last }
        guard hydrotest_pipe(&errors) == 0 else {
            let error = SystemError.last
            output.forEach { close($0) }
            throw error
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let folder { hydrotest_spawn_in_folder(&actions, folder) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The interrupts that we wait for on a thread must not stay blocked in the child.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment = Self.environment(with: variables)
        defer { for text in arguments + environment { free(text) } }
        var child: pid_t = 0
        let status = posix_spawnp(&child, words.first ?? "", &actions, &attributes, &arguments, &environment)
        close(output[1])
        close(errors[1])
        guard status == 0 else {
            close(output[0])
            close(errors[0])
            throw SystemError(status)
        }
        pid = child
        pipes = [output[0], errors[0]]
    }

    private static func environment(with variables: [String: String]) -> [UnsafeMutablePointer<CChar>?] {
        let all = ProcessInfo.processInfo.environment.merging(variables) { _, new in new }
        return all.map { strdup("\($0)=\($1)") } + [nil]
    }

    /// Reads the output until the program has ended, and ends what is left of its group.
    ///
    /// - Parameters:
    ///   - deadline: when it is killed, in ns of the monotonic clock.
    ///   - leavesGroup: whether what it has started lives on where it ends by itself.
    ///   - isCancelled: whether it is to be killed now; asked several times a second.
    mutating func finish(
        by deadline: Nanoseconds,
        leavesGroup: Bool = false,
        isCancelled: () -> Bool = { false }
    ) -> CommandResult {
        let stopped = read(by: deadline, isCancelled)
        // Also after its end: what it left behind must not outlive the reading, and its number is not given back yet.
        if stopped != nil || !leavesGroup { kill(-pid, SIGKILL) }
        pipes.forEach { close($0) }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return CommandResult(end: stopped ?? Self.end(status), output: output, errorLine: Self.lastLine(errors))
    }

    /// Reads until the program has ended.
    ///
    /// - Returns: why it must be stopped before; nil where it has ended.
    private mutating func read(by deadline: Nanoseconds, _ isCancelled: () -> Bool) -> CommandResult.End? {
        var open = [true, true]
        while true {
            // Looked at first, so that what it wrote before its end is read after.
            let ended = hasEnded
            var entries = zip(pipes, open).map { pollfd(fd: $1 ? $0 : -1, events: Int16(POLLIN), revents: 0) }
            let now = MonotonicClock.now()
            let left = deadline > now ? deadline - now : 0
            let wait = ended ? 0 : min(left, open[0] ? left : CommandLimits.lookEvery, 10 * CommandLimits.lookEvery)
            let count = poll(&entries, 2, Int32(clamping: (wait + .perMillisecond - 1) / .perMillisecond))
            if count > 0 {
                for index in 0...1 where entries[index].revents != 0 { open[index] = take(index) }
                if output.count > CommandLimits.outputBytes { return .outputLimit }
            } else if ended {
                return nil
            }
            if MonotonicClock.now() >= deadline, !hasEnded { return .timedOut }
            if isCancelled(), !hasEnded { return .cancelled }
        }
    }

    /// Takes what one of the pipes holds.
    ///
    /// - Returns: whether it may bring more.
    private mutating func take(_ index: Int) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = Glibc.read(pipes[index], &buffer, buffer.count)
        guard count > 0 else { return count < 0 && errno == EINTR }
        if index == 0 {
            output += buffer.prefix(count)
        } else {
            errors = Array((errors + buffer.prefix(count)).suffix(CommandLimits.errorBytes))
        }
        return true
    }

    /// Whether the process has ended; it keeps its number until it is waited for.
    private var hasEnded: Bool {
        var end = siginfo_t()
        return waitid(P_PID, id_t(pid), &end, WEXITED | WNOHANG | WNOWAIT) == 0 && end.si_signo == SIGCHLD
    }

    /// What waitpid(2) says of an end.
    private static func end(_ status: Int32) -> CommandResult.End {
        status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .signalled(status & 0x7F)
    }

    private static func lastLine(_ bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }
        return line.map { line in
            let shown = line.prefix(CommandLimits.errorLineLength)
            return String(
                shown.map { $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } ? $0 : "?" }
            )
        }
    }
}
