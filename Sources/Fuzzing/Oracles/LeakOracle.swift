import EventLoop
import Probe
import Vocabulary

/// The server's gauges: what they show with nothing but the canaries there, and whether they come back to it.
final class LeakOracle {
    /// What one gauge is held to.
    private struct Watched {
        var baseline: Double
        /// The least seen since a batch ended, and when that was, in ns of the monotonic clock.
        var least: Double
        var fellAt: Nanoseconds
    }

    private let readers: [any GaugeReader]
    /// What calibration proved of them.
    private let proven: ProvenGauges
    private var watched: [String: Watched] = [:]

    init(_ readers: [any GaugeReader], _ proven: ProvenGauges = ProvenGauges()) {
        (self.readers, self.proven) = (readers, proven)
    }

    /// The gauges that are watched.
    var names: [String] { watched.keys.sorted() }

    /// How long after a change the slowest gauge shows it, in ns.
    var patience: Nanoseconds { proven.patience }

    /// One reading of every gauge of which there is one; bytes and totals move on their own and are left out.
    func read() -> [String: Double] {
        var values: [String: Double] = [:]
        for reader in readers {
            for (gauge, reading) in zip(reader.gauges, reader.read())
            where gauge.unit == .count && proven.mayAccuse(gauge.name) {
                if case .value(let value) = reading { values[gauge.name] = value }
            }
        }
        return values
    }

    /// Takes readings as the baseline: the most that each gauge showed.
    func takeBaseline(_ readings: [[String: Double]]) {
        watched = [:]
        for reading in readings {
            for (gauge, value) in reading {
                let baseline = max(watched[gauge]?.baseline ?? value, value)
                watched[gauge] = Watched(baseline: baseline, least: value, fellAt: 0)
            }
        }
    }

    /// Waits until every gauge has been seen at its baseline, or has stopped falling.
    ///
    /// - Parameters:
    ///   - patience: how long a gauge may stay where it is, in ns.
    ///   - look: lets time pass between two readings.
    /// - Returns: a problem for each gauge that has not; its baseline is then where it stands.
    func settle(patience: Nanoseconds, look: () throws(FuzzError) -> Void) throws(FuzzError) -> [Problem] {
        let start = MonotonicClock.now()
        var pending = Set(watched.keys)
        for gauge in pending {
            watched[gauge]?.least = .infinity
            watched[gauge]?.fellAt = start + proven.patience(of: gauge)
        }
        while true {
            let values = read()
            let now = MonotonicClock.now()
            // What is read sooner may be older than the batch.
            for gauge in pending where now >= start + proven.patience(of: gauge) {
                guard let value = values[gauge], var state = watched[gauge] else { continue }
                if value < state.least { (state.least, state.fellAt) = (value, now) }
                if value <= state.baseline + proven.noise(of: gauge) {
                    // One that was found higher may come down to where it really is.
                    state.baseline = min(state.baseline, value)
                    pending.remove(gauge)
                }
                watched[gauge] = state
            }
            // Without a reading there is nothing to hold against anybody.
            if values.isEmpty || pending.isEmpty { return [] }
            let isQuiet = pending.allSatisfy { now > (watched[$0]?.fellAt ?? 0) + patience }
            if isQuiet || now - start > FuzzLimits.longestSettle + proven.patience { break }
            try look()
        }
        let waited = DurationText.format(MonotonicClock.now() - start)
        return pending.sorted().compactMap { gauge in leak(gauge, after: waited) }
    }

    private func leak(_ gauge: String, after waited: String) -> Problem? {
        guard let state = watched[gauge], state.least.isFinite else { return nil }
        watched[gauge]?.baseline = state.least
        let (before, after) = (NumberText.threeDigits(state.baseline), NumberText.threeDigits(state.least))
        return Problem(
            ProblemName.leak,
            gauge: gauge,
            "\(gauge) was \(before) before, and \(after) \(waited) after every connection was gone"
        )
    }
}
