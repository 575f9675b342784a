import Report
import Vocabulary

/// A run in plain lines, for logs: a moment in, a line out, and fewer of them the longer the run lasts.
enum PlainProgress {
    /// Gauges that a line tells, at most.
    private static let gauges = 8

    /// How long after a moment the next line follows, in seconds.
    ///
    /// - Parameter elapsed: seconds since the run's start.
    static func pause(at elapsed: Double) -> Double {
        switch elapsed {
        case ..<60: 5
        case ..<600: 15
        case ..<3_600: 60
        default: 300
        }
    }

    /// A moment in one line.
    static func line(_ snapshot: RunSnapshot, rates: LiveHistory.Rates) -> String {
        let counts = snapshot.counts
        var parts = [
            "\(NumberText.grouped(snapshot.open)) streams",
            "\(NumberText.grouped(counts.started)) started (\(LiveFrame.rate(rates.arrivals)))",
            "\(NumberText.grouped(counts.events)) events (\(LiveFrame.rate(rates.events)))",
            "\(NumberText.grouped(counts.dropped)) drops",
            "\(NumberText.grouped(counts.failed)) failures",
        ]
        parts += snapshot.gauges.prefix(gauges).map { gauge in
            "\(gauge.probe).\(gauge.name) \(gauge.value.map { LiveFrame.value($0, gauge.unit) } ?? "gap")"
        }
        if snapshot.gauges.count > gauges { parts.append("\(snapshot.gauges.count - gauges) more gauges") }
        parts += snapshot.thresholds.filter { $0.state == .broken }.map { threshold in
            "BROKEN \(threshold.expression) (\(threshold.value ?? "?"))"
        }
        let phase = snapshot.activity.isEmpty ? snapshot.phase : "\(snapshot.phase), \(snapshot.activity)"
        return PlainText.clean("[\(LiveFrame.clock(snapshot.elapsed))] \(phase): \(parts.joined(separator: ", "))")
    }
}
