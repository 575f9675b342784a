import EventLoop
import Glibc

/// All that descends from a process.
enum ProcessTree {
    /// Processes that are read together, at most; further ones are left out.
    static let processLimit = 1024

    /// The directories of all processes that descend from some, without those; one that ends meanwhile is left out.
    ///
    /// - Throws: what the system calls name where the processes themselves cannot be read.
    static func descendants(of roots: [ProcessDirectory]) throws(SystemError) -> [ProcessDirectory] {
        var known = Set(roots.map(\.pid))
        var found: [ProcessDirectory] = []
        for root in roots { try add(root.children(), to: &found, known: &known) }
        var index = 0
        while index < found.count {
            if let children = try? found[index].children() { add(children, to: &found, known: &known) }
            index += 1
        }
        return found
    }

    private static func add(_ children: [Int32], to found: inout [ProcessDirectory], known: inout Set<Int32>) {
        for pid in children where known.count < processLimit && known.insert(pid).inserted {
            if let directory = try? ProcessDirectory(pid: pid) { found.append(directory) }
        }
    }
}
