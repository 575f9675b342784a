import EventLoop
import Glibc

/// A journal on the disk: members are added whole, each on the disk before the next, or not at all.
final class JournalFile {
    /// The file's name in a report folder.
    static let name = "run.journal"
    /// What an earlier run's journal, of which no report was made, is renamed to.
    static let oldName = "run.journal.old"

    /// The path.
    let path: String
    /// The bytes of whole members.
    private(set) var count = 0
    private let folder: String
    private var descriptor: Int32

    /// Makes an empty journal; one that lies there is kept under another name.
    ///
    /// - Throws: ``JournalError/inUse(path:)`` where another process keeps it, or what the system says.
    init(folder: String) throws(JournalError) {
        self.folder = folder
        path = "\(folder)/\(Self.name)"
        descriptor = -1
        if access(path, F_OK) == 0 {
            let earlier = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard earlier >= 0 else { throw failure("open") }
            defer { _ = Glibc.close(earlier) }
            guard flock(earlier, LOCK_EX | LOCK_NB) == 0 else { throw .inUse(path: path) }
            guard rename(path, "\(folder)/\(Self.oldName)") == 0 else { throw failure("rename") }
            hasOld = true
        }
        descriptor = try make(path)
        try synchronizeFolder()
    }

    /// Whether an earlier run's journal lay there.
    private(set) var hasOld = false

    deinit { close() }

    /// Ends the use of the file; nothing can be added afterwards.
    func close() {
        if descriptor >= 0 { _ = Glibc.close(descriptor) }
        descriptor = -1
    }

    /// Adds a member and waits until it is on the disk; where that fails, the file is as before.
    ///
    /// - Throws: what the system says: `ENOSPC`, `EFBIG`, `EIO`.
    func append(_ member: [UInt8]) throws(JournalError) {
        do throws(JournalError) {
            try write(member, to: descriptor, at: count)
        } catch {
            ftruncate(descriptor, off_t(count))
            throw error
        }
        count += member.count
    }

    /// Puts a member in place of all before; where that fails, the file is as before.
    ///
    /// - Throws: what the system says.
    func replace(with member: [UInt8]) throws(JournalError) {
        let temporary = "\(folder)/.\(Self.name).\(getpid())"
        let fresh = try make(temporary)
        do throws(JournalError) {
            try write(member, to: fresh, at: 0)
            guard rename(temporary, path) == 0 else { throw failure("rename") }
        } catch {
            _ = Glibc.close(fresh)
            unlink(temporary)
            throw error
        }
        close()
        descriptor = fresh
        count = member.count
        try synchronizeFolder()
    }

    /// Takes the journal away.
    func remove() { unlink(path) }

    private func make(_ path: String) throws(JournalError) -> Int32 {
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard file >= 0 else { throw failure("open") }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            _ = Glibc.close(file)
            throw .inUse(path: path)
        }
        return file
    }

    private func write(_ bytes: [UInt8], to file: Int32, at start: Int) throws(JournalError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(file, $0.baseAddress?.advanced(by: written), $0.count - written, off_t(start + written))
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("write")
            }
            written += count
        }
        guard fsync(file) == 0 else { throw failure("fsync") }
    }

    private func synchronizeFolder() throws(JournalError) {
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw failure("open") }
        defer { _ = Glibc.close(directory) }
        guard fsync(directory) == 0 else { throw failure("fsync") }
    }

    private func failure(_ call: String) -> JournalError {
        .system(call: call, error: SystemError.last.name, path: path)
    }
}

/// Why a journal cannot be kept or read.
public enum JournalError: Error, Equatable, Sendable {
    /// A system call failed: its name, the error's name (`ENOSPC`) and the path.
    case system(call: String, error: String, path: String)
    /// Another process keeps the journal: the path.
    case inUse(path: String)
    /// There is no journal at the path.
    case missing(path: String)
    /// No member of it is whole: the path and its bytes.
    case nothingWhole(path: String, bytes: Int)
    /// A journal of a form that this version does not know.
    case unknownForm(String)
}

extension JournalError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .system(let call, let error, let path): "\(call) \(path): \(error)"
        case .inUse(let path): "the run that keeps \(path) still goes on; wait for its report, or interrupt it"
        case .missing(let path): "there is no journal at \(path); name the report folder of a run that died"
        case .nothingWhole(let path, let bytes):
            "no member of \(path) is whole (\(bytes) bytes); nothing can be recovered"
        case .unknownForm(let schema):
            "the journal is of the form \(schema.prefix(60)), and \(JournalEntry.currentSchema) is known; recover it with "
                + "the version that wrote it"
        }
    }
}
