import CLinux
import Glibc

/// A process started in a process group of its own, with pipes to its standard input and output.
struct ChildProcess {
    /// The process number.
    let pid: pid_t
    /// The end of its standard input to write to.
    let input: Int32
    /// The end of its standard output to read from.
    let output: Int32

    /// Starts a process; its errors go where ours go.
    ///
    /// A group of its own keeps a terminal's interrupt from it, so that probes can read it to the end of the run.
    ///
    /// - Throws: ``RunError/machine(_:)`` with what the system says.
    init(executable: String, arguments: [String]) throws(RunError) {
        var inputPipe: [Int32] = [0, 0]
        var outputPipe: [Int32] = [0, 0]
        guard hydrotest_pipe(&inputPipe) == 0, hydrotest_pipe(&outputPipe) == 0 else { throw Self.error(errno) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputPipe[0], STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, outputPipe[1], STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The interrupts that we wait for on a thread must not stay blocked in the child.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, executable, &actions, &attributes, &words, environ)
        close(inputPipe[0])
        close(outputPipe[1])
        guard status == 0 else {
            close(inputPipe[1])
            close(outputPipe[0])
            throw Self.error(status)
        }
        (pid, input, output) = (child, inputPipe[1], outputPipe[0])
    }

    private static func error(_ number: Int32) -> RunError {
        .machine("cannot start the reference server: \(String(cString: strerror(number)))")
    }
}
