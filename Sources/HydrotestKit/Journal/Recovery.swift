import Journal
import Record
import Report
import Verdict
import Vocabulary

/// The report of a run that died, made of its journal.
public struct Recovery: Sendable {
    /// The report.
    public let document: ReportDocument
    /// What is not readable, a sentence each; empty where everything is.
    public let unreadable: [String]
    private let folder: String
    private let journal: String?

    /// Reads the journal of a report folder and judges what it holds.
    ///
    /// - Parameter journal: the file's name, where it is not `run.journal`.
    /// - Throws: ``RecoveryError`` where there is nothing to be recovered.
    public init(folder: String, journal: String? = nil) throws(RecoveryError) {
        self.folder = folder
        self.journal = journal
        let run: RecoveredRun
        do {
            run = try RecoveredRun(folder: folder, name: journal)
        } catch {
            switch error {
            case .inUse: throw .inUse(error.description)
            default: throw .nothing(error.description)
            }
        }
        unreadable = run.unreadable
        let record = run.record
        var judgement = Judge(thresholds: run.terms.thresholds, leak: run.terms.leak).judge(record)
        let span = DurationText.format(Nanoseconds(seconds: record.ended - record.started))
        let evidence = [
            "The run ended without a report; this one was made of its journal, of \(run.members) entries.",
            "What came after the last entry, at most \(DurationText.format(RunJournal.every)) and what writing took, is lost.",
        ]
        let finding = Finding(
            .recovered,
            .warning,
            "the run died; this report covers its first \(span)",
            evidence: evidence + run.unreadable
        )
        let place = judgement.findings.firstIndex { $0.severity != .failure } ?? judgement.findings.count
        judgement.findings.insert(finding, at: place)
        document = ReportDocument(record: record, judgement: judgement)
    }

    /// Sets the journal aside, once the report is written.
    ///
    /// - Returns: its new path; nil where it stays as it is.
    public func setAside() -> String? { RecoveredRun.setAside(folder: folder, name: journal) }
}
