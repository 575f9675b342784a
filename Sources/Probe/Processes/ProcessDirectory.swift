import EventLoop
import Glibc

/// One process's directory under `/proc`, held open (proc(5)).
///
/// The kernel ties the open directory to the process and not to its number: once the process is gone every use of it
/// fails, even where the number has been given to another.
final class ProcessDirectory {
    /// The process's number when the directory was opened.
    let pid: Int32
    private let descriptor: Int32

    /// Opens the directory of a process.
    ///
    /// - Throws: `ENOENT` where there is no such process.
    init(pid: Int32) throws(SystemError) {
        self.pid = pid
        descriptor = Glibc.open("/proc/\(pid)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
    }

    deinit { close(descriptor) }

    /// Whether it is the directory of this very process.
    var isOwn: Bool { pid == getpid() }

    /// Opens a file of the directory for reading; the caller closes it.
    ///
    /// - Throws: `ENOENT` or `ESRCH` where the process is gone, `EACCES` where it belongs to someone else.
    func open(_ path: String, flags: Int32 = 0) throws(SystemError) -> Int32 {
        let file = openat(descriptor, path, O_RDONLY | O_CLOEXEC | flags)
        guard file >= 0 else { throw .last }
        return file
    }

    /// What the process's `status` file says.
    ///
    /// - Throws: `ENOENT` or `ESRCH` where the process is gone.
    func status() throws(SystemError) -> ProcessStatus {
        ProcessStatus(try contents(of: "status", limit: ProcessStatus.sizeLimit)[...])
    }

    /// How many descriptors the process has open, without those that the count itself needs.
    ///
    /// Since Linux 6.2 the size of the `fd` directory tells, at no cost; before, its entries are counted.
    ///
    /// - Throws: `EACCES` where they have to be counted and the process belongs to someone else.
    func descriptorCount() throws(SystemError) -> Int {
        var information = stat()
        guard fstatat(descriptor, "fd", &information, 0) == 0 else { throw .last }
        return information.st_size > 0 ? Int(information.st_size) : try descriptorEntries()
    }

    /// How many entries the `fd` directory has, without the one that reading it needs.
    ///
    /// - Throws: `EACCES` where the process belongs to someone else.
    func descriptorEntries() throws(SystemError) -> Int {
        var count = 0
        try forEachEntry(of: "fd") { _, _ in count += 1 }
        return isOwn ? count - 1 : count
    }

    /// The inodes of all sockets among the process's descriptors.
    ///
    /// - Throws: `EACCES` where the process belongs to someone else.
    func socketInodes() throws(SystemError) -> Set<UInt64> {
        var inodes: Set<UInt64> = []
        try forEachEntry(of: "fd") { directory, name in
            if let target = Self.link(name, in: directory), let inode = Self.socketInode(target) {
                inodes.insert(inode)
            }
        }
        return inodes
    }

    /// Which network namespace the process is in; nil where the system does not tell.
    var networkNamespace: String? { Self.link("ns/net", in: descriptor) }

    /// The number in the text that a socket's link leads to: `socket:[4711]`.
    static func socketInode(_ target: String) -> UInt64? {
        guard target.hasPrefix("socket:["), target.hasSuffix("]") else { return nil }
        return UInt64(target.dropFirst(8).dropLast())
    }

    /// Where a symbolic link leads; nil where it cannot be read.
    static func link(_ name: UnsafePointer<CChar>, in directory: Int32) -> String? {
        var target = [CChar](repeating: 0, count: 64)
        let count = readlinkat(directory, name, &target, target.count)
        return count < 0 ? nil : String(decoding: target.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Calls a body with the name of each entry of a folder, and the folder's descriptor.
    func forEachEntry(
        of path: String,
        _ body: (_ directory: Int32, _ name: UnsafePointer<CChar>) -> Void
    ) throws(SystemError) {
        let file = try open(path, flags: O_DIRECTORY)
        guard let stream = fdopendir(file) else {
            let error = SystemError.last
            close(file)
            throw error
        }
        defer { closedir(stream) }
        DirectoryEntries.forEach(in: stream) { body(file, $0) }
    }
}
