import EventLoop
import Glibc
import RunProfile

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

/// What `/proc/PID/status` says of a process, as far as it is wanted here (proc(5)).
struct ProcessStatus: Equatable, Sendable {
    /// Bytes read of the file; the lines wanted stand well before.
    static let sizeLimit = 4096

    /// The letter of its state; `Z` and `X` are those of a process that has ended.
    var state: UInt8?
    /// Its threads.
    var threads: UInt64?
    /// Its resident memory, in bytes.
    var residentBytes: UInt64?

    /// Reads the file's text; what cannot be read is nil.
    init(_ text: ArraySlice<UInt8>) {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let words = line[(colon + 1)...].split { $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: " ") }
            guard let first = words.first else { continue }
            switch String(decoding: line[..<colon], as: UTF8.self) {
            case "State": state = first.first
            case "Threads": threads = UInt64(String(decoding: first, as: UTF8.self))
            case "VmRSS": residentBytes = Self.bytes(first, unit: words.dropFirst().first)
            default: continue
            }
        }
    }

    private static func bytes(_ number: ArraySlice<UInt8>, unit: ArraySlice<UInt8>?) -> UInt64? {
        guard unit.map({ String(decoding: $0, as: UTF8.self) }) == "kB",
            let kibibytes = UInt64(String(decoding: number, as: UTF8.self))
        else { return nil }
        let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024)
        return overflow ? nil : bytes
    }

    /// Whether the process has ended and only waits for its parent to notice.
    var hasEnded: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }
}

/// What `/proc/PID/smaps_rollup` says of a process's memory (proc(5)).
enum MemoryRollup {
    /// Bytes read of the file; it has some twenty lines.
    static let sizeLimit = 8192

    /// The bytes of pages that no other process has; nil where the text does not tell.
    static func privateBytes(_ text: [UInt8]) -> UInt64? {
        var sum: UInt64?
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 3, words[2] == "kB", words[0] == "Private_Clean:" || words[0] == "Private_Dirty:"
            else {
                continue
            }
            guard let kibibytes = UInt64(words[1]), kibibytes < 1 << 50 else { return nil }
            sum = (sum ?? 0) + kibibytes * 1024
        }
        return sum
    }
}

/// What a descriptor leads to, as its link under `/proc/PID/fd` tells (proc(5)).
enum DescriptorKind: CaseIterable, Sendable {
    case socket
    case pipe
    case file
    case eventPoll
    case other

    /// The kind of a link's target: `socket:[1]`, `pipe:[2]`, `/dev/null`, `anon_inode:[eventpoll]`.
    init(target: String) {
        if target.hasPrefix("socket:") {
            self = .socket
        } else if target.hasPrefix("pipe:") {
            self = .pipe
        } else if target.hasPrefix("/") {
            self = .file
        } else if target == "anon_inode:[eventpoll]" {
            self = .eventPoll
        } else {
            self = .other
        }
    }

    /// The gauge that counts it.
    var gauge: ProbeOptions.ProcessGauge {
        switch self {
        case .socket: .socketDescriptors
        case .pipe: .pipeDescriptors
        case .file: .fileDescriptors
        case .eventPoll: .eventPollDescriptors
        case .other: .otherDescriptors
        }
    }
}

/// The entries of an open directory (readdir(3)).
enum DirectoryEntries {
    /// Calls a body with the name of every entry but `.` and `..`.
    static func forEach(in stream: OpaquePointer, _ body: (UnsafePointer<CChar>) -> Void) {
        guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else {
            preconditionFailure("d_name is a stored field")
        }
        while let entry = readdir(stream) {
            let name = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            if strcmp(name, ".") != 0, strcmp(name, "..") != 0 { body(name) }
        }
    }
}
