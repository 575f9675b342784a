import EventLoop
import Foundation
import Journal
import Record
import Report
import RunProfile
import Testing
import Verdict
import Vocabulary

@testable import HydrotestKit

@Suite struct RecoveryTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("recovery-\(UUID().uuidString)").path

    @Test func aJournalBecomesAReport() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let threshold = Threshold(expression: "errors.count == 0", metric: .errorCount, comparison: .equal, bound: 0)
        let journal = RunJournal(folder: folder) { _ in }
        journal.begin(JournalTerms(thresholds: [threshold], leak: LeakOptions()))
        #expect(journal.isKept)
        var record = RunRecord(profile: "died", seed: 1, started: 0)
        record.ended = 12
        record.interrupted = true
        record.load.connections.attempted = 3
        record.load.errors = ["ECONNRESET": 1]
        journal.submit(record)
        journal.end(isReported: false)
        let recovery = try Recovery(folder: folder)
        #expect(recovery.document.connections.attempted == 3)
        #expect(recovery.document.thresholds.map(\.passed) == [false])
        #expect(recovery.document.findings.contains { $0.id == "recovered" })
        let titles = recovery.document.findings.map(\.title)
        #expect(titles.contains("the run died; this report covers its first 12.0 s"))
        #expect(recovery.unreadable.isEmpty)
        #expect(recovery.setAside() == "\(folder)/run.journal.recovered")
        #expect(throws: RecoveryError.self) { try Recovery(folder: folder) }
    }

    @Test func aFolderThatCannotBeMadeEndsNoRun() throws {
        let shared = Shared()
        let journal = RunJournal(folder: "/proc/nowhere") { line in shared.lines.withLock { $0.append(line) } }
        journal.begin(JournalTerms(thresholds: [], leak: LeakOptions()))
        #expect(!journal.isKept)
        journal.submit(RunRecord(profile: "p", seed: 1, started: 0))
        journal.end(isReported: true)
        #expect(shared.lines.withLock { $0.count } == 1)
        #expect(shared.lines.withLock { $0[0].contains("the run goes on in memory") })
    }

    private final class Shared: Sendable {
        let lines = Locked<[String]>([])
    }
}
