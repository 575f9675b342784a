import EventLoop
import Foundation
import Journal
import Load
import Record
import RunProfile
import Vocabulary

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
