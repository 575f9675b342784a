import EventLoop
import Load
import Probe
import RunProfile
import Synchronization
import Verdict
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

/// What a run shows at one moment, while it lasts.
public struct RunSnapshot: Equatable, Sendable {
    /// A gauge's latest reading.
    public struct Gauge: Equatable, Sendable {
        /// The probe that reads it.
        public var probe: String
        /// The gauge's name.
        public var name: String
        /// What it counts.
        public var unit: GaugeUnit
        /// The reading; nil where it failed.
        public var value: Double?
    }

    /// The profile's name.
    public var profile: String
    /// Seconds since the run's start.
    public var elapsed: Double
    /// The phase's name.
    public var phase: String
    /// What goes on, in words; empty where the phase says it.
    public var activity: String
    /// Connections that the load starts in all; nil while there is none.
    public var planned: Int?
    /// Streams open.
    public var open: Int
    /// The most streams open at once.
    public var peak: Int
    /// What the connections have done.
    public var counts: RunCounts
    /// Every gauge that has been read, in the profile's order; details of others are left out.
    public var gauges: [Gauge]
    /// The profile's thresholds, in its order.
    public var thresholds: [LiveThreshold]
}

/// What the connections of a run have done so far.
public struct RunCounts: Equatable, Sendable {
    /// Connections started.
    public var started = 0
    /// Connections that ended in an error.
    public var failed = 0
    /// Deliberate drops.
    public var dropped = 0
    /// Events received.
    public var events = 0

    /// Nothing yet.
    init() {}

    /// The counts of a load.
    init(_ progress: LoadProgress) {
        started = progress.attempted.load(ordering: .relaxed)
        failed = progress.failed.load(ordering: .relaxed)
        dropped = progress.dropped.load(ordering: .relaxed)
        events = progress.events.load(ordering: .relaxed)
    }

    /// The counts of two loads that followed each other.
    static func + (first: RunCounts, second: RunCounts) -> RunCounts {
        var sum = first
        sum.started += second.started
        sum.failed += second.failed
        sum.dropped += second.dropped
        sum.events += second.events
        return sum
    }
}

/// A threshold while the run lasts.
public struct LiveThreshold: Equatable, Sendable {
    /// What can be said of it.
    public enum State: Equatable, Sendable {
        /// It is judged at the run's end only.
        case open
        /// It holds at this moment.
        case holding
        /// It does not hold at this moment.
        case broken
    }

    /// The expression as written.
    public var expression: String
    /// The figure in its unit, as a person reads it; nil where it is not known yet.
    public var value: String?
    /// What can be said of it.
    public var state: State

    /// Looks at a threshold.
    ///
    /// - Parameters:
    ///   - counts: what the load's connections have done.
    ///   - peak: the most streams open at once.
    init(_ threshold: Threshold, counts: RunCounts, peak: Int) {
        expression = threshold.expression
        state = .open
        // One scenario's connections are not counted apart while they last.
        guard counts.started > 0, threshold.scenario == nil else { return }
        switch threshold.metric {
        case .errorRate:
            let rate = Double(counts.failed) / Double(counts.started)
            value = NumberText.threeDigits(rate * 100) + "%"
            state = threshold.comparison.holds(rate, threshold.bound) ? .holding : .broken
        case .errorCount, .connections(.failed): grown(to: counts.failed, threshold)
        case .connections(.attempted): grown(to: counts.started, threshold)
        case .connections(.dropped): grown(to: counts.dropped, threshold)
        case .connections(.peak): grown(to: peak, threshold)
        default: break
        }
    }

    /// Judges a count that never falls: what it has passed stays passed.
    private mutating func grown(to count: Int, _ threshold: Threshold) {
        value = NumberText.grouped(count)
        let (count, bound) = (Double(count), threshold.bound)
        state =
            switch threshold.comparison {
            case .less: count < bound ? .holding : .broken
            case .lessOrEqual: count <= bound ? .holding : .broken
            case .equal: count > bound ? .broken : count == bound ? .holding : .open
            case .notEqual: count > bound ? .holding : .open
            case .greater: count > bound ? .holding : .open
            case .greaterOrEqual: count >= bound ? .holding : .open
            }
    }
}
