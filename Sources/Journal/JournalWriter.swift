import Dispatch
import EventLoop
import Record

/// Keeps a journal on a thread of its own: whoever hands over a record never waits for the disk.
///
/// A record that comes while the last one is being written takes the place of one that waits. Once the file is larger
/// than ``mostBytes``, one member with everything takes the place of all before, so that it stays bounded however long
/// the run.
public final class JournalWriter: Sendable {
    /// The size past which the journal is written anew, in bytes.
    public static let mostBytes = 16 << 20

    private struct State {
        var waiting: RunRecord?
        var isEnding = false
    }

    /// What the thread alone touches.
    private final class Work: @unchecked Sendable {
        let file: JournalFile
        var tails = SeriesTails()
        var number = 0
        var hasFailed = false

        init(_ file: JournalFile) { self.file = file }
    }

    private let state = Locked(State())
    private let signal = DispatchSemaphore(value: 0)
    private let thread = Locked<OperatingSystemThread?>(nil)
    private let work: Work
    private let terms: JournalTerms
    private let warn: @Sendable (String) -> Void
    private let mostBytes: Int

    /// Makes the journal's file and starts the thread.
    ///
    /// - Parameters:
    ///   - folder: the report folder, which is there.
    ///   - terms: what the run is judged by.
    ///   - warn: takes a line where the journal cannot be written, once until it can be again; on the journal's thread.
    /// - Throws: ``JournalError`` where the file cannot be made, or the system has no thread left.
    public convenience init(
        folder: String,
        terms: JournalTerms,
        warn: @escaping @Sendable (String) -> Void
    ) throws(JournalError) {
        try self.init(folder: folder, terms: terms, mostBytes: Self.mostBytes, warn: warn)
    }

    init(
        folder: String,
        terms: JournalTerms,
        mostBytes: Int,
        warn: @escaping @Sendable (String) -> Void
    ) throws(JournalError) {
        let file = try JournalFile(folder: folder)
        work = Work(file)
        self.terms = terms
        self.warn = warn
        self.mostBytes = mostBytes
        if file.hasOld {
            warn(
                "\(file.path) is of a run that ended without a report; it is kept: hydrotest report recover "
                    + "\(folder) --journal \(JournalFile.oldName)"
            )
        }
        do {
            let started = try OperatingSystemThread(name: "journal") { [self] in run() }
            thread.withLock { $0 = started }
        } catch {
            file.remove()
            throw .system(call: "pthread_create", error: error.name, path: file.path)
        }
    }

    /// Hands over the record as it is now; never waits.
    public func submit(_ record: RunRecord) {
        state.withLock { $0.waiting = record }
        signal.signal()
    }

    /// Writes what waits, ends the thread and waits for it.
    ///
    /// - Parameter removing: whether the journal is no longer needed.
    public func end(removing: Bool) {
        state.withLock { $0.isEnding = true }
        signal.signal()
        thread.withLock { $0.take() }?.join()
        if removing { work.file.remove() }
        work.file.close()
    }

    private func run() {
        while true {
            signal.wait()
            let (record, isEnding) = state.withLock { state in
                defer { state.waiting = nil }
                return (state.waiting, state.isEnding)
            }
            if let record { write(record) }
            if isEnding { return }
        }
    }

    /// Writes a record; on the journal's thread, or where nothing is handed over to it.
    package func write(_ record: RunRecord) {
        do {
            if work.file.count > mostBytes {
                work.tails.reset()
                try work.file.replace(with: try member(record))
            } else {
                try work.file.append(try member(record))
            }
            work.tails.note(record.series)
            work.number += 1
            if work.hasFailed { warn("the journal is written again: \(work.file.path)") }
            work.hasFailed = false
        } catch {
            if !work.hasFailed {
                warn("the journal cannot be written: \(error); the run goes on in memory, and is lost if it dies")
            }
            work.hasFailed = true
        }
    }

    private func member(_ record: RunRecord) throws -> [UInt8] {
        var entry = JournalEntry(number: work.number, terms: terms, record: record, replaced: [])
        (entry.record.series, entry.replaced) = work.tails.tails(of: record.series)
        return try entry.encoded()
    }
}

/// What of a run's series a journal does not hold yet.
struct SeriesTails {
    /// What the journal holds.
    private var held: [String: Series] = [:]

    /// The points of each series from the first on that the journal does not hold as it is now.
    ///
    /// - Returns: the points, and the names of the series that differ from their first point on: series are thinned once
    ///   they are long, and are then written anew.
    func tails(of series: [String: Series]) -> (series: [String: Series], replaced: [String]) {
        var tails: [String: Series] = [:]
        var replaced: [String] = []
        for (name, now) in series {
            let start = held[name].map { Self.firstDifference($0, now) } ?? 0
            guard start < now.t.count else { continue }
            var tail = Series(unit: now.unit)
            tail.t = Array(now.t[start...])
            tail.v = Array(now.v[start...])
            tails[name] = tail
            if start == 0 { replaced.append(name) }
        }
        return (tails, replaced.sorted())
    }

    /// Notes that the journal holds the series by now.
    mutating func note(_ series: [String: Series]) { held = series }

    /// Notes that the journal holds nothing.
    mutating func reset() { held = [:] }

    /// Where the series goes on; 0 where its times have changed, as it was thinned.
    private static func firstDifference(_ held: Series, _ now: Series) -> Int {
        let count = held.t.count
        guard count <= now.t.count, held.t.elementsEqual(now.t[..<count]) else { return 0 }
        // The last point is mended as long as it takes in further samples.
        return zip(held.v, now.v).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? count
    }
}
