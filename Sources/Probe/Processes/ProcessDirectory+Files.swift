import EventLoop
import Glibc

extension ProcessDirectory {
    /// The start of a file of the directory.
    ///
    /// - Parameter limit: bytes that are read at most.
    /// - Throws: `ENOENT` or `ESRCH` where the process is gone, `EACCES` where it belongs to someone else.
    func contents(of path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let file = try open(path)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: limit)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                read(file, $0.baseAddress.map { $0 + filled }, $0.count - filled)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw .last
            }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes[..<filled])
    }

    /// Resident memory that the process shares with no other, in bytes.
    ///
    /// From `smaps_rollup` (Linux 4.14); where the kernel has none, it is the resident memory that is backed by no file
    /// and is not shared, from `statm`.
    ///
    /// - Returns: nil where the system does not tell.
    /// - Throws: `EACCES` where the process belongs to someone else; `ENOENT` or `ESRCH` where it is gone.
    func privateBytes() throws(SystemError) -> UInt64? {
        do {
            return MemoryRollup.privateBytes(try contents(of: "smaps_rollup", limit: MemoryRollup.sizeLimit))
        } catch {
            guard error.number == ENOENT else { throw error }
        }
        let words = try contents(of: "statm", limit: 256).split(separator: UInt8(ascii: " "))
            .map { UInt64(String(decoding: $0, as: UTF8.self)) }
        guard words.count > 2, let resident = words[1], let shared = words[2] else { return nil }
        let pages = resident >= shared ? resident - shared : 0
        return pages.multipliedReportingOverflow(by: UInt64(sysconf(Int32(_SC_PAGESIZE)))).partialValue
    }

    /// The descriptors of each kind, without the one that looking needs.
    ///
    /// - Throws: `EACCES` where the process belongs to someone else.
    func descriptorKinds() throws(SystemError) -> [DescriptorKind: Int] {
        var kinds: [DescriptorKind: Int] = [:]
        try forEachEntry(of: "fd") { directory, name in
            if let target = Self.link(name, in: directory) { kinds[DescriptorKind(target: target), default: 0] += 1 }
        }
        if isOwn { kinds[.file, default: 1] -= 1 }
        return kinds
    }

    /// The numbers of the processes that this one has started and that still are, of all of its threads.
    ///
    /// - Throws: `ENOENT` or `ESRCH` where the process is gone, or the kernel does not tell (CONFIG_PROC_CHILDREN).
    func children() throws(SystemError) -> [Int32] {
        var threads: [String] = []
        try forEachEntry(of: "task") { _, name in threads.append(String(cString: name)) }
        var children: [Int32] = []
        for thread in threads {
            do {
                let text = try contents(of: "task/\(thread)/children", limit: ProcessTree.processLimit * 8)
                children += text.split(separator: UInt8(ascii: " "))
                    .compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
            } catch {
                // A thread may have ended in between; the first one is the process.
                if thread == "\(pid)" { throw error }
            }
        }
        return children
    }
}
