import EventLoop
import Journal
import Record
import Report
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
