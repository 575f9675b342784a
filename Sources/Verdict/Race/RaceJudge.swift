import Record
import Vocabulary

/// Judges the search for a race: the window, and the leak in it.
public struct RaceJudge: Sendable {
    private let record: RunRecord

    /// A judge of a record's search.
    public init(record: RunRecord) { self.record = record }

    /// The window that was found; nil where nothing leaked, or no search was made.
    public var window: RaceWindow? {
        guard let race = record.race else { return nil }
        return WindowEstimate(points, within: RaceSearch.microseconds(race.from...max(race.from, race.to)))?.window
    }

    /// The shares of leaks over the delays, in ns, of the batches at the stage that leaks.
    public var shares: [(delay: Nanoseconds, share: Double, drops: UInt64)] {
        points.map { (Nanoseconds(seconds: $0.delay / 1e6), $0.share, UInt64($0.drops)) }
    }

    private var points: [RacePoint] {
        guard let race = record.race, let stage = race.stage, let gauge = race.gauge else { return [] }
        return RaceReading(race.batches, stage: stage, gauge: gauge).points
    }

    /// The gauges' verdicts as the search sees them: the gauge that it went by leaks, where a window was found.
    func traced(_ verdicts: [GaugeVerdict]) -> [(verdict: GaugeVerdict, leaks: [Leak])] {
        let window = window
        return verdicts.map { verdict in
            let name = "\(verdict.probe).\(verdict.gauge)"
            // After a restart of the server its batches say nothing.
            guard verdict.jump == nil, verdict.isJudged else { return (verdict, []) }
            var judged = verdict
            judged.class = LeakClass.none
            judged.leaked = 0
            judged.unread = []
            guard let race = record.race, race.batches.contains(where: { $0.changes[name] != nil }) else {
                judged.class = verdict.unit == .count ? nil : verdict.class
                judged.unread = ["It could not be read after any batch."]
                return (judged, [])
            }
            guard let window, race.gauge == name, let stage = race.stage else { return (judged, []) }
            // It stood when its batch was over, so that it does more than drain.
            judged.class = verdict.class.flatMap { $0.isLeak ? $0 : nil } ?? .bounded
            judged.leaked = window.leaked
            let leak = Leak(
                gauge: verdict.gauge,
                probe: verdict.probe,
                stage: stage,
                manner: race.manner,
                drops: window.drops,
                leaked: window.leaked,
                per1000Drops: 1_000 * window.share,
                low: 1_000 * window.shareFrom,
                high: 1_000 * window.shareTo,
                class: judged.class ?? .bounded
            )
            return (judged, [leak])
        }
    }
}
