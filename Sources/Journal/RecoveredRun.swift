import EventLoop
import Glibc
import Record

/// What a journal holds of a run that wrote no report.
public struct RecoveredRun: Sendable {
    /// The record up to the last whole member.
    public let record: RunRecord
    /// What it is judged by.
    public let terms: JournalTerms
    /// Whole members.
    public let members: Int
    /// What is not readable, a sentence each; empty where everything is.
    public let unreadable: [String]

    /// Reads the journal of a report folder.
    ///
    /// - Parameter name: the file's name, where it is not the usual one.
    /// - Throws: ``JournalError`` where there is none, its run still goes on, or no member is whole.
    public init(folder: String, name: String? = nil) throws(JournalError) {
        let path = "\(folder)/\(name ?? JournalFile.name)"
        let bytes = try Self.bytes(of: path)
        let starts = Self.starts(in: bytes)
        var series: [String: Series] = [:]
        var last: JournalEntry?
        var members = 0
        var unreadable: [String] = []
        if let first = starts.first ?? (bytes.isEmpty ? nil : bytes.count), first > 0 {
            unreadable.append("\(first) bytes before the first member are none of a journal.")
        }
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
            do {
                var length = 0
                let entry = try JournalEntry(member: Array(bytes[start..<end]), consumed: &length)
                if start + length < end {
                    unreadable.append("\(end - start - length) bytes at \(start + length) are none of a whole member.")
                }
                if let before = last, entry.number > before.number + 1 {
                    unreadable.append("Entries \(before.number + 1) to \(entry.number - 1) are missing.")
                }
                Self.add(entry, to: &series)
                last = entry
                members += 1
            } catch let error as JournalError {
                throw error
            } catch {
                let place = index + 1 == starts.count ? "the last member" : "a member"
                unreadable.append("\(end - start) bytes at \(start), \(place), are not whole.")
            }
        }
        guard let last else { throw .nothingWhole(path: path, bytes: bytes.count) }
        var record = last.record
        record.series = series
        self.record = record
        terms = last.terms
        self.members = members
        self.unreadable = unreadable
    }

    /// Renames the journal, once its report is written: it is no run's any more, and nothing is lost.
    ///
    /// - Returns: its new path; nil where it cannot be renamed.
    public static func setAside(folder: String, name: String? = nil) -> String? {
        let path = "\(folder)/\(name ?? JournalFile.name)"
        let aside = "\(folder)/\(JournalFile.name).recovered"
        return rename(path, aside) == 0 ? aside : nil
    }

    /// Adds an entry's points; those from its first one on take the place of what was there.
    private static func add(_ entry: JournalEntry, to series: inout [String: Series]) {
        let replaced = Set(entry.replaced)
        for (name, tail) in entry.record.series {
            guard let first = tail.t.first, !replaced.contains(name), var whole = series[name] else {
                series[name] = tail
                continue
            }
            let kept = whole.t.firstIndex { $0 >= first } ?? whole.t.count
            whole.t.removeLast(whole.t.count - kept)
            whole.v.removeLast(whole.v.count - kept)
            whole.t += tail.t
            whole.v += tail.v
            series[name] = whole
        }
    }

    private static func bytes(of path: String) throws(JournalError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { throw .missing(path: path) }
            throw .system(call: "open", error: SystemError.last.name, path: path)
        }
        defer { close(file) }
        guard flock(file, LOCK_SH | LOCK_NB) == 0 else { throw .inUse(path: path) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .system(call: "read", error: SystemError.last.name, path: path)
            }
            bytes += buffer[..<count]
        }
    }

    private static func starts(in bytes: [UInt8]) -> [Int] {
        let start = JournalEntry.start
        var found: [Int] = []
        var place = 0
        while place + start.count <= bytes.count {
            if bytes[place] == start[0], bytes[place + 1] == start[1],
                bytes[place..<place + start.count].elementsEqual(start)
            {
                found.append(place)
                place += start.count
            } else {
                place += 1
            }
        }
        return found
    }
}
