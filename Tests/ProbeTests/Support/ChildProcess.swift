import Glibc
import Testing

/// A shell that runs the lines it is told, and then does nothing until the next or until it is killed.
final class ChildProcess {
    let pid: Int32
    private let console: Int32

    init() throws {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), nil]
        defer { arguments.forEach { free($0) } }
        var pid: Int32 = 0
        try #require(posix_spawnp(&pid, "sh", &actions, nil, arguments, nil) == 0)
        close(ends[1])
        self.pid = pid
        console = ends[0]
    }

    /// Has the shell run a line and waits until it is done.
    func run(_ line: String) throws {
        let text = Array("\(line)\necho\n".utf8)
        try #require(write(console, text, text.count) == text.count)
        var byte: UInt8 = 0
        try #require(read(console, &byte, 1) == 1)
    }

    /// Ends the shell; it stays as a zombie.
    func kill() {
        _ = Glibc.kill(pid, SIGKILL)
        var information = siginfo_t()
        _ = waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT)
    }

    /// Lets the system forget it.
    func reap() {
        var status: Int32 = 0
        _ = waitpid(pid, &status, 0)
    }

    deinit { close(console) }
}
