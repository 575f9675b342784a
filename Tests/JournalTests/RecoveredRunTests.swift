import Record
import Testing

@testable import Journal

@Suite struct RecoveredRunTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @Test func aWholeJournalGivesTheLastRecord() throws {
        _ = try Made.journal(0..<9, in: folder)
        let run = try RecoveredRun(folder: folder.path)
        #expect(run.record == Made.record(at: 8))
        #expect(run.members == 9)
        #expect(run.terms == Made.terms)
        #expect(run.unreadable.isEmpty)
    }

    /// Cut anywhere, it gives everything up to the last whole member.
    @Test func aTornJournalGivesWhatIsWhole() throws {
        let ends = try Made.journal(0..<6, in: folder)
        let bytes = try folder.bytes()
        for length in stride(from: ends[0], to: bytes.count, by: 7) {
            try folder.write(Array(bytes[..<length]))
            let whole = ends.count { $0 <= length }
            let run = try RecoveredRun(folder: folder.path)
            #expect(run.members == whole)
            #expect(run.record == Made.record(at: whole - 1))
            #expect(run.unreadable.isEmpty == (length == ends[whole - 1]))
        }
    }

    /// What a file system may leave behind a file's end after a power cut.
    @Test func zerosAtTheEndAreNoHarm() throws {
        _ = try Made.journal(0..<3, in: folder)
        try folder.write(try folder.bytes() + [UInt8](repeating: 0, count: 4_096))
        let run = try RecoveredRun(folder: folder.path)
        #expect(run.record == Made.record(at: 2))
        #expect(run.unreadable.count == 1)
    }

    @Test func aDamagedMemberIsSaidAndTheOthersAreRead() throws {
        let ends = try Made.journal(0..<6, in: folder)
        var bytes = try folder.bytes()
        bytes[(ends[2] + ends[3]) / 2] ^= 0x40
        try folder.write(bytes)
        let run = try RecoveredRun(folder: folder.path)
        #expect(run.members == 5)
        #expect(run.unreadable.count == 2)
        #expect(run.unreadable.contains { $0.contains("Entries 3 to 3 are missing") })
        #expect(run.record.load == Made.record(at: 5).load)
        // The point that only the damaged member held is gone, and no other.
        #expect(run.record.series["state.clients"]?.t == [0, 1, 2, 4, 5])
    }

    @Test func nothingIsMadeOfNothing() throws {
        #expect(throws: JournalError.missing(path: folder.journal)) { try RecoveredRun(folder: folder.path) }
        try folder.write([])
        #expect(throws: JournalError.nothingWhole(path: folder.journal, bytes: 0)) {
            try RecoveredRun(folder: folder.path)
        }
        try folder.write(Array("no journal at all".utf8))
        #expect(throws: JournalError.nothingWhole(path: folder.journal, bytes: 17)) {
            try RecoveredRun(folder: folder.path)
        }
    }

    @Test func aJournalInUseIsNotRecovered() throws {
        let file = try JournalFile(folder: folder.path)
        #expect(throws: JournalError.inUse(path: folder.journal)) { try RecoveredRun(folder: folder.path) }
        withExtendedLifetime(file) {}
    }

    @Test func anotherFormIsNamed() throws {
        var entry = JournalEntry(number: 0, terms: Made.terms, record: Made.record(at: 1), replaced: [])
        entry.schema = "hydrotest.journal/9"
        try folder.write(try entry.encoded())
        #expect(throws: JournalError.unknownForm("hydrotest.journal/9")) { try RecoveredRun(folder: folder.path) }
    }

    @Test func figuresThatAreNoNumbersDoNoHarm() throws {
        var record = Made.record(at: 3)
        record.series["state.clients"]?.v[1] = .infinity
        record.generator.cpuSeconds = .nan
        let entry = JournalEntry(number: 0, terms: Made.terms, record: record, replaced: [])
        try folder.write(try entry.encoded())
        let run = try RecoveredRun(folder: folder.path)
        #expect(run.record.series["state.clients"]?.v[1] == .infinity)
        #expect(run.record.generator.cpuSeconds.isNaN)
    }

    @Test func aRecoveredJournalIsSetAside() throws {
        _ = try Made.journal(0..<2, in: folder)
        #expect(RecoveredRun.setAside(folder: folder.path) == "\(folder.journal).recovered")
        #expect(folder.names == ["run.journal.recovered"])
    }
}
