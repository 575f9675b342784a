import EventLoop
import Foundation
import Journal
import Load
import Record
import Report
import RunProfile
import Verdict
import Vocabulary

/// The journal of a run in its report folder: it is there from the run's start until its report is written.
public final class RunJournal: Sendable {
    /// How often the record is written, in ns: what a run that dies may lose.
    public static let every: Nanoseconds = 5 * .perSecond

    private let folder: String
    private let warn: @Sendable (String) -> Void
    private let writer = Locked<JournalWriter?>(nil)

    /// A journal that is not begun.
    ///
    /// - Parameters:
    ///   - folder: the report folder; made with the journal.
    ///   - warn: takes a line where the journal cannot be kept; on any thread.
    public init(folder: String, warn: @escaping @Sendable (String) -> Void) {
        self.folder = folder
        self.warn = warn
    }

    /// Begins the journal; a run whose journal cannot be kept goes on without.
    func begin(_ terms: JournalTerms) {
        do {
            try ReportDirectory(folder).makeDirectories()
            let begun = try JournalWriter(folder: folder, terms: terms, warn: warn)
            writer.withLock { $0 = begun }
        } catch {
            warn("no journal is kept: \(error); the run goes on in memory, and is lost if it dies")
        }
    }

    /// Whether the journal is kept.
    var isKept: Bool { writer.withLock { $0 != nil } }

    /// Hands over the record as it is now; never waits.
    func submit(_ record: RunRecord) { writer.withLock { $0 }?.submit(record) }

    /// Ends the journal.
    ///
    /// - Parameter isReported: whether the report is written, so that the journal can go.
    public func end(isReported: Bool) {
        writer.withLock { $0.take() }?.end(removing: isReported)
    }
}

/// The run's journal: the record as it is every few seconds, while the run lasts.
extension ProfileRun {
    /// Begins the journal, where one is wanted, with the record as it is before the baseline.
    func openJournal() {
        guard let journal else { return }
        journal.begin(JournalTerms(thresholds: profile.thresholds, leak: profile.leak))
        if journal.isKept { journal.submit(snapshot(nil)) }
        nextEntry = MonotonicClock.now() + RunJournal.every
    }

    /// Hands the record to the journal where it is time; to be called often.
    ///
    /// The workers are asked one call before, so that each has had a turn to give a copy of its record.
    ///
    /// - Parameter generator: the load that goes on; nil where none does.
    func keepJournal(_ generator: LoadGenerator? = nil) {
        guard let journal, journal.isKept, MonotonicClock.now() >= nextEntry else { return }
        if let generator, !hasAskedWorkers {
            generator.requestSnapshot()
            hasAskedWorkers = true
            return
        }
        hasAskedWorkers = false
        journal.submit(snapshot(generator))
        nextEntry = MonotonicClock.now() + RunJournal.every
    }

    /// The record as if the run had been cut short now.
    private func snapshot(_ generator: LoadGenerator?) -> RunRecord {
        var snapshot = record
        // What attribution drops is none of the run's load.
        if let generator, openPhase?.name == .load {
            let peak = snapshot.load.connections.peak
            let load = generator.snapshot()
            snapshot.load.merge(load)
            snapshot.load.connections.peak = max(peak, load.connections.peak)
        }
        snapshot.interrupted = true
        if let openPhase { snapshot.phases.append(Phase(name: openPhase.name, start: openPhase.start, end: now)) }
        snapshot.gauges = gauges?.snapshot ?? []
        snapshot.series = series.all.merging(gauges?.series ?? [:]) { first, _ in first }
        snapshot.generator = GeneratorRecord.measured(snapshot.load)
        snapshot.ended = Date().timeIntervalSince1970
        return snapshot
    }
}

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

/// Why no report can be made of a journal.
public enum RecoveryError: Error, Equatable, Sendable {
    /// The run still goes on; what to do.
    case inUse(String)
    /// There is nothing that can be read; what is wrong.
    case nothing(String)
}

extension RecoveryError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .inUse(let reason), .nothing(let reason): reason
        }
    }
}
