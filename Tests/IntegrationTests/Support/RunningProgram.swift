import Foundation
import Glibc
import Vocabulary

/// A program in a process group of its own, its output in files; to be stopped at the test's end.
final class RunningProgram {
    /// The process number, which is also its group's.
    let pid: pid_t
    private let words: [String]
    private let outputFile: String
    private let errorFile: String
    private var exitCode: Int32?
    private var isReaped = false

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - path: the executable's path.
    ///   - folder: where its output is kept; also its working folder.
    ///   - environment: variables beside those of this process.
    /// - Throws: ``SupportError`` with what the system says.
    init(_ path: String, _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]) throws
    {
        words = [path] + arguments
        let name = "output-\(UUID().uuidString)"
        outputFile = folder.file("\(name).out")
        errorFile = folder.file("\(name).err")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for (descriptor, file) in [(STDOUT_FILENO, outputFile), (STDERR_FILENO, errorFile)] {
            posix_spawn_file_actions_addopen(&actions, descriptor, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let variables = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        // The shell goes to the folder and is then replaced by the program.
        let shell = ["/bin/sh", "-c", "cd \"$1\" && shift && exec \"$@\"", "sh", folder.path] + words
        var argv: [UnsafeMutablePointer<CChar>?] = shell.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for word in argv + envp { free(word) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, shell[0], &actions, &attributes, &argv, &envp)
        guard status == 0 else { throw SupportError("cannot start \(path): \(String(cString: strerror(status)))") }
        pid = child
    }

    /// What it has written to standard output so far.
    var output: String { Self.text(of: outputFile) }

    /// What it has written to standard error so far.
    var errorOutput: String { Self.text(of: errorFile) }

    /// How it stands, for the message of a failure.
    var account: String {
        let state = pollExit().map { "ended with exit code \($0)" } ?? "runs"
        return "\(words.joined(separator: " ")) \(state)\n\(output)\n\(errorOutput)"
    }

    /// Waits for its end.
    ///
    /// - Returns: its exit code; 128 and the signal's number where a signal ended it.
    /// - Throws: ``SupportError`` when the time, in ns, is up; the program is then stopped.
    func wait(timeout: Nanoseconds) throws -> Int32 {
        do {
            return try Polling.wait(for: "the end of \(words.joined(separator: " "))", timeout: timeout) { pollExit() }
        } catch {
            stop()
            throw SupportError("\(error)\n\(account)")
        }
    }

    /// Waits for whole lines of its standard output that hold a text.
    ///
    /// - Returns: the lines, as many as were asked for, or more.
    /// - Throws: ``SupportError`` when they do not come, or the program ends before.
    func lines(containing text: String, count: Int = 1, timeout: Nanoseconds = 20 * .perSecond) throws -> [String] {
        try Polling.wait(
            for: "\(count) lines with \"\(text)\"; \(account)",
            timeout: timeout
        ) {
            let ended = pollExit() != nil
            let whole = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            let lines = whole.filter { $0.contains(text) }.map(String.init)
            if lines.count >= count { return lines }
            guard !ended else { throw SupportError("no line with \"\(text)\"; \(account)") }
            return nil
        }
    }

    /// Sends it a signal; its children are not told.
    func send(_ signal: Int32) {
        if exitCode == nil { kill(pid, signal) }
    }

    /// Ends it and everything it started.
    func stop() {
        guard !isReaped else { return }
        kill(-pid, SIGKILL)
        while pollExit() == nil { usleep(5_000) }
        // Only now: a number that is given back may be another group's when the signal is sent.
        var status: Int32 = 0
        isReaped = waitpid(pid, &status, 0) == pid
    }

    private func pollExit() -> Int32? {
        if let exitCode { return exitCode }
        var end = siginfo_t()
        // The process stays listed, and keeps its number, until it is stopped.
        guard waitid(P_PID, id_t(pid), &end, WEXITED | WNOHANG | WNOWAIT) == 0, end.si_signo == SIGCHLD else {
            return nil
        }
        let status = end._sifields._sigchld.si_status
        exitCode = end.si_code == Int32(CLD_EXITED) ? status : 128 + status
        return exitCode
    }

    private static func text(of file: String) -> String {
        FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
