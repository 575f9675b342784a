import EventLoop
import Record
import Testing

@testable import Journal

@Suite struct JournalWriterTests {
    private let folder: Folder
    private let warnings = Warnings()

    init() throws { folder = try Folder() }

    private final class Warnings: Sendable {
        let lines = Locked<[String]>([])
        var all: [String] { lines.withLock { $0 } }
    }

    private func writer(mostBytes: Int = JournalWriter.mostBytes) throws -> JournalWriter {
        let warnings = warnings
        return try JournalWriter(folder: folder.path, terms: Made.terms, mostBytes: mostBytes) { line in
            warnings.lines.withLock { $0.append(line) }
        }
    }

    @Test func theLastRecordHandedOverIsWritten() throws {
        let writer = try writer()
        for second in 0..<50 { writer.submit(Made.record(at: second)) }
        writer.end(removing: false)
        let run = try RecoveredRun(folder: folder.path)
        #expect(run.record == Made.record(at: 49))
        #expect((1...50).contains(run.members))
        #expect(warnings.all.isEmpty)
    }

    @Test func aJournalThatIsNotNeededIsGone() throws {
        let writer = try writer()
        writer.submit(Made.record(at: 1))
        writer.end(removing: true)
        #expect(folder.names.isEmpty)
    }

    @Test func theFileStaysBounded() throws {
        let writer = try writer(mostBytes: 4_096)
        var largest = 0
        for second in 0..<200 {
            writer.write(Made.record(at: second))
            largest = max(largest, try folder.bytes().count)
            if second % 20 == 0 {
                let record = try recovered()
                #expect(record == Made.record(at: second))
            }
        }
        writer.end(removing: false)
        #expect(largest < 4_096 + 2 * 1_500, "\(largest)")
        #expect(folder.names == ["run.journal"])
        let run = try RecoveredRun(folder: folder.path)
        #expect(run.record == Made.record(at: 199))
        #expect(run.unreadable.isEmpty)
    }

    /// What a copy of the file gives, as the file itself is in use.
    private func recovered() throws -> RunRecord {
        let copy = try Folder()
        try copy.write(try folder.bytes())
        return try RecoveredRun(folder: copy.path).record
    }

    @Test func aSecondRunDoesNotTouchAJournalInUse() throws {
        let first = try writer()
        first.submit(Made.record(at: 3))
        #expect(throws: JournalError.inUse(path: folder.journal)) { try writer() }
        first.end(removing: false)
        #expect(try RecoveredRun(folder: folder.path).record == Made.record(at: 3))
    }

    @Test func theJournalOfADeadRunIsKept() throws {
        _ = try Made.journal(0..<4, in: folder)
        let writer = try writer()
        writer.submit(Made.record(at: 9))
        writer.end(removing: false)
        #expect(warnings.all.count == 1)
        #expect(warnings.all[0].contains("--journal run.journal.old"))
        #expect(try RecoveredRun(folder: folder.path, name: "run.journal.old").record == Made.record(at: 3))
        #expect(try RecoveredRun(folder: folder.path).record == Made.record(at: 9))
    }
}
