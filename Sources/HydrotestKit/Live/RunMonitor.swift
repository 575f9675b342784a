import EventLoop
import Load
import Probe
import RunProfile
import Synchronization
import Vocabulary

/// What can be seen of a run from outside while it lasts, from any thread; the load's own threads never wait for it.
public final class RunMonitor: Sendable {
    private struct State {
        var phase = "start"
        var activity = ""
        var thresholds: [Threshold]
        var planned: Int?
        var current: LoadProgress?
        /// The loads that are over.
        var past = RunCounts()
        var peak = 0
        /// What the thresholds are about; nil while it grows.
        var judged: RunCounts?
        var sampler: Sampler?
    }

    private let profile: String
    /// In ns of the monotonic clock.
    private let startedAt: Nanoseconds
    private let state: Locked<State>

    init(profile: String, thresholds: [Threshold], startedAt: Nanoseconds) {
        self.profile = profile
        self.startedAt = startedAt
        state = Locked(State(thresholds: thresholds))
    }

    /// The moment that it is.
    public func snapshot() -> RunSnapshot {
        let elapsed = (MonotonicClock.now() - startedAt).inSeconds
        let (state, samples) = (state.withLock { $0 }, gauges)
        let counts = state.past + (state.current.map(RunCounts.init) ?? RunCounts())
        let peak = max(state.peak, state.current?.peak.load(ordering: .relaxed) ?? 0)
        return RunSnapshot(
            profile: profile,
            elapsed: elapsed,
            phase: state.phase,
            activity: state.activity,
            planned: state.current == nil ? nil : state.planned,
            open: state.current?.open.load(ordering: .relaxed) ?? 0,
            peak: peak,
            counts: counts,
            gauges: samples,
            thresholds: state.thresholds.map { LiveThreshold($0, counts: state.judged ?? counts, peak: peak) }
        )
    }

    private var gauges: [RunSnapshot.Gauge] {
        // Asked outside the lock: a probe's own lock is held while it notes a reading.
        let sampler = state.withLock { $0.sampler }
        return (sampler?.latest ?? []).filter { !$0.gauge.isDetail }.map {
            RunSnapshot.Gauge(probe: $0.probe, name: $0.gauge.name, unit: $0.gauge.unit, value: $0.value)
        }
    }

    /// A phase begins.
    func begin(phase: String) {
        state.withLock { state in
            state.phase = phase
            state.activity = ""
        }
    }

    /// Says what goes on.
    func tell(_ activity: String) { state.withLock { $0.activity = activity } }

    /// Shows the readings of a run's probes.
    func show(_ sampler: Sampler) { state.withLock { $0.sampler = sampler } }

    /// A load begins.
    ///
    /// - Parameter planned: connections that it starts in all.
    func begin(load progress: LoadProgress, planned: Int) {
        state.withLock { state in
            state.current = progress
            state.planned = planned
        }
    }

    /// The load is over: none of its streams is open.
    func endLoad() {
        state.withLock { state in
            guard let progress = state.current else { return }
            state.past = state.past + RunCounts(progress)
            state.peak = max(state.peak, progress.peak.load(ordering: .relaxed))
            state.current = nil
        }
    }

    /// What follows is no longer what the thresholds are about.
    func endJudgedLoad() { state.withLock { $0.judged = $0.past } }

    /// Nothing that is done is what the thresholds are about.
    func judgeNothing() { state.withLock { $0.thresholds = [] } }
}
