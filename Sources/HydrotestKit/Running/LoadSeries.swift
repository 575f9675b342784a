import EventLoop
import Load
import Record
import Synchronization
import Vocabulary

/// The figures of a load over time, within a bound of points.
final class LoadSeries {
    /// Points a series may have; beyond, every other one goes and the period doubles.
    static let mostPoints = 2_400
    /// The first sampling period, in ns.
    static let firstPeriod: Nanoseconds = 250 * .perMillisecond

    private let startedAt: Nanoseconds
    private(set) var period = firstPeriod
    private var last = Counts()
    private var lastAt: Nanoseconds?
    private var streams = Series(unit: "streams")
    private var arrivals = Series(unit: "1/s")
    private var events = Series(unit: "1/s")
    private var drops = Series(unit: "1/s")
    private var failures = Series(unit: "1/s")

    private struct Counts {
        var attempted = 0
        var events = 0
        var dropped = 0
        var failed = 0
    }

    init(startedAt: Nanoseconds) { self.startedAt = startedAt }

    /// A load begins: its counts start from zero, and before it nothing went on.
    func begin() {
        last = Counts()
        rest()
    }

    /// Notes that nothing goes on at this moment, so that no plot draws a line across a pause.
    func rest() {
        let now = MonotonicClock.now()
        lastAt = now
        let time = (now - startedAt).inSeconds
        streams.append(time, 0)
        arrivals.append(time, 0)
        events.append(time, 0)
        drops.append(time, 0)
        failures.append(time, 0)
    }

    /// Takes one sample.
    func sample(_ progress: LoadProgress) {
        let now = MonotonicClock.now()
        defer { lastAt = now }
        let counts = Counts(
            attempted: progress.attempted.load(ordering: .relaxed),
            events: progress.events.load(ordering: .relaxed),
            dropped: progress.dropped.load(ordering: .relaxed),
            failed: progress.failed.load(ordering: .relaxed)
        )
        defer { last = counts }
        guard let lastAt, now > lastAt else { return }
        let elapsed = (now - lastAt).inSeconds
        let time = (now - startedAt).inSeconds
        streams.append(time, Double(progress.open.load(ordering: .relaxed)))
        arrivals.append(time, Double(counts.attempted - last.attempted) / elapsed)
        events.append(time, Double(counts.events - last.events) / elapsed)
        drops.append(time, Double(counts.dropped - last.dropped) / elapsed)
        failures.append(time, Double(counts.failed - last.failed) / elapsed)
        if streams.t.count >= Self.mostPoints { thin() }
    }

    private func thin() {
        streams.thin()
        arrivals.thin()
        events.thin()
        drops.thin()
        failures.thin()
        period *= 2
    }

    /// Every series by its name.
    var all: [String: Series] {
        ["streams": streams, "arrivals": arrivals, "events": events, "drops": drops, "failures": failures]
    }
}

extension Series {
    /// Adds a point.
    fileprivate mutating func append(_ time: Double, _ value: Double) {
        t.append(time)
        v.append(value)
    }

    /// Halves the points: of each two, the time of the second and the mean of both.
    fileprivate mutating func thin() {
        for pair in 0..<t.count / 2 {
            t[pair] = t[2 * pair + 1]
            v[pair] = (v[2 * pair] + v[2 * pair + 1]) / 2
        }
        t.removeLast(t.count - t.count / 2)
        v.removeLast(v.count - v.count / 2)
    }
}
