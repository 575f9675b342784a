import EventLoop
import Glibc

/// Finds the processes behind a listening port.
enum ProcessFinder {
    /// Processes that may share one listening port.
    static let processLimit = 256

    /// The directories of all processes that hold a listening socket of a port, the lowest number first.
    ///
    /// - Throws: ``ProcessProbeError`` where there is none, or none that may be seen.
    static func listeners(on port: UInt16, in table: any SocketTable) throws(ProcessProbeError) -> [ProcessDirectory] {
        var inodes: Set<UInt64> = []
        do throws(SystemError) {
            try table.forEachRow(states: TCPState.listen.bit, localPort: port) { inodes.insert($0.inode) }
        } catch {
            throw .system(name: error.name, attempt: "cannot read the socket tables")
        }
        guard !inodes.isEmpty else { throw .noListener(port: port) }
        var holders: [ProcessDirectory] = []
        var mayBeHidden = false
        for pid in try processNumbers() {
            guard let directory = try? ProcessDirectory(pid: pid) else { continue }
            do throws(SystemError) {
                if !inodes.isDisjoint(with: try directory.socketInodes()) { holders.append(directory) }
            } catch {
                // A process that has ended in the meantime hides nothing.
                if error.number == EACCES || error.number == EPERM { mayBeHidden = true }
            }
            guard holders.count <= processLimit else { throw .tooManyProcesses(port: port) }
        }
        guard !holders.isEmpty else { throw mayBeHidden ? .permission(port: port) : .noListener(port: port) }
        return holders
    }

    private static func processNumbers() throws(ProcessProbeError) -> [Int32] {
        guard let stream = opendir("/proc") else {
            throw .system(name: SystemError.last.name, attempt: "cannot read /proc")
        }
        defer { closedir(stream) }
        var numbers: [Int32] = []
        DirectoryEntries.forEach(in: stream) { name in
            if let number = Int32(String(cString: name)) { numbers.append(number) }
        }
        return numbers.sorted()
    }
}

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

/// Why a process cannot be watched.
public enum ProcessProbeError: Error, Equatable, Sendable {
    /// No process has the number.
    case noProcess(pid: Int32)
    /// No process of this machine listens on the port, in this network namespace.
    case noListener(port: UInt16)
    /// Something listens on the port, but whose it is may not be seen: it belongs to another user.
    case permission(port: UInt16)
    /// More processes share the port than are watched.
    case tooManyProcesses(port: UInt16)
    /// The system refused; an error's name and what was tried.
    case system(name: String, attempt: String)

    /// The name that the error is counted under.
    public var name: String {
        switch self {
        case .noProcess: GapName.processGone
        case .noListener: GapName.notListening
        case .permission: "EACCES"
        case .tooManyProcesses: "LIMIT_PROCESSES"
        case .system(let name, _): name
        }
    }
}

extension ProcessProbeError: CustomStringConvertible {
    /// What is wrong and what helps.
    public var description: String {
        switch self {
        case .noProcess(let pid):
            "there is no process \(pid): is the server up, and the number still its own?"
        case .noListener(let port):
            "no process of this machine listens on port \(port) in this network namespace"
        case .permission(let port):
            "the process that listens on port \(port) belongs to another user: run as that user or as root, or name its pid"
        case .tooManyProcesses(let port):
            "more than \(ProcessFinder.processLimit) processes share port \(port): name one of them by `pid`"
        case .system(let name, let attempt):
            "\(attempt): \(name)"
        }
    }
}
