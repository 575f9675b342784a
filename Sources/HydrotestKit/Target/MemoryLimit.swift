import Foundation

/// How much memory connections may take on this machine.
enum MemoryLimit {
    /// The memory that can still be had, in bytes: the machine's, or the control group's where that is less; nil where
    /// the system does not say.
    static func available() -> Int? {
        let machine = (try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8)).flatMap(availableOfMachine)
        let group = groupLimit(
            limit: try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8),
            used: try? String(contentsOfFile: "/sys/fs/cgroup/memory.current", encoding: .utf8)
        )
        return [machine, group].compactMap(\.self).min()
    }

    /// What the text of `/proc/meminfo` says is available, in bytes (proc_meminfo(5)).
    static func availableOfMachine(_ text: String) -> Int? {
        for line in text.split(separator: "\n") where line.hasPrefix("MemAvailable:") {
            let words = line.split(separator: " ")
            guard words.count == 3, words[2] == "kB", let count = Int(words[1]) else { return nil }
            return count.multipliedReportingOverflow(by: 1024).partialValue
        }
        return nil
    }

    /// What is left of a control group's memory, in bytes (Linux, cgroup-v2: `memory.max`, `memory.current`).
    static func groupLimit(limit: String?, used: String?) -> Int? {
        func number(_ text: String?) -> Int? {
            text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        guard let limit = number(limit), let used = number(used) else { return nil }
        return max(0, limit - used)
    }
}
