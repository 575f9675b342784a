import EventLoop
import Glibc

/// A command that nobody waits for: it may start a server and end, or be the server.
final class DetachedCommand {
    private let pid: pid_t
    private var isReaped = false

    /// Starts a program in a process group of its own; its output goes where our errors go.
    ///
    /// - Throws: `ENOENT`, `EACCES` and what else posix_spawn(3) names.
    init(_ words: [String]) throws(SystemError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
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
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let status = posix_spawnp(&child, words[0], &actions, &attributes, &arguments, environ)
        guard status == 0 else { throw SystemError(status) }
        pid = child
    }

    /// Ends it and what it started in its group.
    func stop() {
        guard !isReaped else { return }
        isReaped = true
        kill(-pid, SIGKILL)
        waitpid(pid, nil, 0)
    }
}
