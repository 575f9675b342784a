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
