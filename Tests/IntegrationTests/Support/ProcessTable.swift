import Foundation
import Glibc

/// Processes as the kernel lists them (proc(5)).
enum ProcessTable {
    /// The processes that a process has started.
    static func children(of pid: pid_t) -> [pid_t] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/task")) ?? []
        return threads.flatMap { thread in
            (text("/proc/\(pid)/task/\(thread)/children") ?? "").split(separator: " ").compactMap { pid_t($0) }
        }
    }

    /// Whether a process runs; one that has ended and waits for its parent does not.
    static func isRunning(_ pid: pid_t) -> Bool {
        // The state follows the name, which stands in parentheses.
        guard let state = text("/proc/\(pid)/stat")?.split(separator: ")").last?.split(separator: " ").first else {
            return false
        }
        return state != "Z" && state != "X"
    }

    private static func text(_ file: String) -> String? { try? String(contentsOfFile: file, encoding: .utf8) }
}
