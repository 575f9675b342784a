import Record
import RunProfile
import Vocabulary

/// What a run proved of a gauge: whether it sees streams, how late, and what may be concluded from it.
///
/// A pure function of the record, asked while the run lasts as well: how long to wait, and which gauges to go by.
public struct GaugeProof: Sendable {
    /// A lag up to this is none: a look takes as long, in seconds.
    public static let shortLag = 0.3
    /// A lag from which a gauge is called lagging, in seconds.
    public static let tellingLag = 1.0
    /// By how much longer than the lag that was seen a reading is waited for: a cache's next turn, and a look, in seconds.
    static let lagFactor = 1.2
    static let lagMargin = 0.3
    /// The share of the inactivity timeout from which a return is the timer's work, and not a lag.
    static let timerShare = 0.9
    /// How much later than the timeout a timer may clean up: the share of it, and a margin in seconds.
    static let timerSlack = (share: 0.5, margin: 1.0)
    /// By how much a timer's times may differ from wave to wave: the share of the timeout, or a margin in seconds.
    static let timerSpread = (share: 0.25, margin: 0.5)
    /// The share of the drops that must leak for a gauge that moves by itself to show it, past which it cannot tell.
    static let untellableShare = 0.5
    /// The share of the drops from which that is worth a word.
    static let vagueShare = 0.05

    /// The share of what was expected of further drops that a leak leaves at least, and in a gauge of a process.
    static let growthShare = 0.05
    static let growthShareOfProcess = 0.2
    /// The share from which one trial is enough.
    static let clearShare = 0.5
    /// The share of the load's streams that a counter of them counts at least.
    static let counterShare = 0.9

    private let record: RunRecord
    /// The server's inactivity timeout, in seconds; nil where it is not known.
    private let inactivity: Double?

    /// What a record proves.
    ///
    /// - Parameter inactivity: the server's inactivity timeout, in ns, where the record does not tell it yet.
    public init(_ record: RunRecord, inactivity: Nanoseconds? = nil) {
        self.record = record
        let known = inactivity ?? record.inactivity?.timeout ?? record.load.heartbeat.commonQuietLife?.timeout
        self.inactivity = known?.inSeconds
    }

    /// What is known of a gauge.
    public func standing(of gauge: GaugeRecord) -> GaugeStanding {
        if gauge.unit == .total || onlyGrows(gauge) { return .total }
        guard let calibration = gauge.calibration, calibration.streams > 0 else {
            if gauge.isOfProcess == true { return .seesProcesses }
            return .unproven
        }
        // The kernel's figures go up and down with the probes' own connections, and are of the process that was named.
        if gauge.isOfProcess == true { return .seesProcesses }
        if calibration.alternates || (calibration.processes ?? 1) > 1 { return .severalProcesses }
        if calibration.hasMoved { return lag(of: gauge) >= Self.tellingLag ? .lagging : .seesStreams }
        if hasMovedUnderLoad(gauge) { return .unproven }
        return calibration.noise > Double(calibration.streams) / 2 ? .unproven : .blind
    }

    /// How late its readings are, in seconds; 0 where they are not.
    ///
    /// What ended streams leave for as long as an inactivity timer takes, or what goes one by one, is no lag of the
    /// reading: the server does hold it.
    public func lag(of gauge: GaugeRecord) -> Double {
        // The kernel tells what is: a process that closes its sockets late does hold them.
        guard gauge.isOfProcess != true, let calibration = gauge.calibration, let opening = calibration.openingLag
        else { return 0 }
        var lag = opening
        if let ending = calibration.endingLag {
            let isTimer =
                inactivity.map { timeout in
                    // What a timer takes away is shown as late as everything else of the document.
                    let late = documentLag(gauge.probe)
                    let latest = timeout + max(Self.timerSlack.margin, Self.timerSlack.share * timeout) + late
                    let shortest = calibration.shortestEndingLag ?? ending
                    let spread = max(Self.timerSpread.margin, Self.timerSpread.share * timeout) + late
                    return shortest >= Self.timerShare * timeout && ending <= latest && ending - shortest <= spread
                } ?? false
            if calibration.fellAtOnce, !isTimer { lag = max(lag, ending) }
        } else if opening > Self.shortLag {
            // What never came back tells the lag by its opening alone, which is somewhere within the cache's time.
            lag = 2 * opening
        }
        return lag > Self.shortLag ? lag : 0
    }

    /// The longest that a gauge of a probe took to show an opening, in seconds; 0 without a lag.
    private func documentLag(_ probe: String) -> Double {
        let openings = record.gauges.filter { $0.probe == probe && $0.isOfProcess != true }
            .compactMap { $0.calibration?.openingLag }
        let longest = openings.max() ?? 0
        // Each opening is seen somewhere within the cache's time.
        return longest > Self.shortLag ? 2 * longest : 0
    }

    /// How long after an event a probe's readings are waited for, in seconds, beside the settle time; 0 without a lag.
    ///
    /// A document is made as a whole, so that the latest of its gauges tells for all.
    public func patience(with probe: String) -> Double {
        let lag = record.gauges.filter { $0.probe == probe }.map { self.lag(of: $0) }.max() ?? 0
        return lag > 0 ? lag * Self.lagFactor + Self.lagMargin : 0
    }

    /// The same for the slowest of all probes.
    public var patience: Double { Set(record.gauges.map(\.probe)).map(patience).max() ?? 0 }

    /// What a residual must pass to be no noise, in the gauge's unit.
    public func noise(of gauge: GaugeRecord) -> Double {
        max(VerdictLimits.slack[gauge.gauge] ?? 0, gauge.calibration?.noise ?? 0)
    }

    /// Whether leaks can be judged by a gauge at all.
    public func mayJudge(_ gauge: GaugeRecord) -> Bool {
        guard gauge.unit == .count else { return false }
        switch standing(of: gauge) {
        case .seesStreams, .lagging, .seesProcesses, .severalProcesses: return true
        case .blind, .total: return false
        // Without a calibration it is taken at its word, which the report says.
        case .unproven: return record.calibration?.isOff ?? true || hasMovedUnderLoad(gauge) || !isVague(gauge)
        }
    }

    /// Whether a run without a leak in this gauge says that the application holds nothing.
    public func acquits(_ gauge: GaugeRecord) -> Bool {
        guard gauge.unit == .count else { return false }
        switch standing(of: gauge) {
        case .seesStreams, .lagging: return true
        case .unproven: return record.calibration?.isOff ?? true || hasMovedUnderLoad(gauge)
        case .blind, .total, .severalProcesses, .seesProcesses: return false
        }
    }

    /// The share of the drops that must leak at least for the gauge to show it; nil where nothing moves it by itself.
    public func smallestShare(of gauge: GaugeRecord) -> Double? {
        guard let noise = gauge.calibration?.noise, noise > 0 else { return nil }
        let drops = record.load.drops.reduce(0 as UInt64) { $0.saturatingAdding($1.count) }
        return drops > 0 ? (noise + 1) / Double(drops) : nil
    }

    /// Whether it moves by itself so much that its residual tells nothing.
    func isVague(_ gauge: GaugeRecord) -> Bool {
        gauge.unit == .count && smallestShare(of: gauge).map { $0 > Self.untellableShare } ?? false
    }

    /// What each wave of orderly endings left, in units, where every one left something; empty elsewhere.
    public func leftByWaves(_ gauge: GaugeRecord) -> [Double] {
        guard mayJudge(gauge), gauge.isOfProcess != true, let left = gauge.calibration?.left, left.count > 1,
            left.allSatisfy({ $0 > noise(of: gauge) })
        else { return [] }
        return left
    }

    /// Whether orderly endings leak: each wave left something, and so did the last streams after the load.
    public func leaksPolitely(_ gauge: GaugeRecord) -> Bool {
        guard !leftByWaves(gauge).isEmpty else { return false }
        return trials(of: gauge).last(where: \.isPolite).map { isGrowth($0, of: gauge) } ?? false
    }

    /// The trials of further drops that looked at a gauge.
    func trials(of gauge: GaugeRecord) -> [GrowthTrial] {
        (record.growthTrials ?? []).filter { $0.probe == gauge.probe && $0.gauge == gauge.gauge }
    }

    /// Whether what a gauge held after the load grew no further with further drops: nil where that was not tried.
    public func isRetained(_ gauge: GaugeRecord) -> Bool? {
        let all = trials(of: gauge)
        let dropped = all.filter { !$0.isPolite }
        let trials = dropped.isEmpty ? all : dropped
        return trials.isEmpty ? nil : !isGrowth(trials, of: gauge)
    }

    private func isGrowth(_ trial: GrowthTrial, of gauge: GaugeRecord) -> Bool { isGrowth([trial], of: gauge) }

    /// Growth to the end: the last trial left something, and all together a good share of what they should have.
    private func isGrowth(_ trials: [GrowthTrial], of gauge: GaugeRecord) -> Bool {
        guard let last = trials.last, last.gained > noise(of: gauge, alone: true) else { return false }
        let gained = trials.reduce(0) { $0 + $1.gained }
        // A process opens a thread or a file late and keeps it; an application's own count has no such excuse.
        let share = gauge.isOfProcess == true ? Self.growthShareOfProcess : Self.growthShare
        return gained >= share * trials.reduce(0) { $0 + $1.expected }
    }

    /// What the change of a gauge must pass in a trial to be no noise; what opens lazily stands open by then.
    public func noise(of gauge: GaugeRecord, alone: Bool) -> Double {
        alone ? gauge.calibration?.noise ?? 0 : noise(of: gauge)
    }

    /// Whether a further trial is needed to tell growth from the last of a warm-up.
    public func isDoubtful(_ trials: [GrowthTrial]) -> Bool {
        guard trials.count == 1, let trial = trials.first else { return false }
        return trial.gained > 0 && trial.gained < Self.clearShare * trial.expected
    }

    /// What calibration left in it once and no more, in units; 0 where that is not so.
    public func retainedByCalibration(of gauge: GaugeRecord) -> Double {
        guard let left = gauge.calibration?.left, left.count > 1, left[0] > 0,
            left.dropFirst().allSatisfy({ $0 <= noise(of: gauge) })
        else { return 0 }
        return left[0]
    }

    /// The load's streams of the endpoints that were calibrated: a counter may count no others.
    private var establishedAsCalibrated: UInt64 {
        guard let names = record.calibration?.scenarios, let scenarios = record.load.scenarios else {
            return record.load.connections.established
        }
        return scenarios.filter { names.contains($0.name) }.reduce(0) { $0 + $1.load.connections.established }
    }

    private func hasMovedUnderLoad(_ gauge: GaugeRecord) -> Bool {
        guard let baseline = gauge.baseline, let peak = gauge.peak else { return false }
        return peak > baseline + (gauge.calibration?.noise ?? 0)
    }

    /// Whether it is a counter: every wave raised it, none of it was ever taken back, and nothing says that it holds.
    private func onlyGrows(_ gauge: GaugeRecord) -> Bool {
        guard gauge.unit == .count, gauge.isDeclaredCount != true, gauge.isOfProcess != true,
            let calibration = gauge.calibration, calibration.hasMoved, !calibration.hasFallen,
            calibration.left.count > 1,
            let perStream = calibration.perStream,
            calibration.left.allSatisfy({
                $0 >= perStream * Double(calibration.streams) - calibration.noise - GaugeResponse.half
            })
        else { return false }
        // One that stands still while streams go on to open is no counter, but something that has filled up.
        let established = Double(establishedAsCalibrated)
        if let held = gauge.residual(at: .loadEnd),
            held - calibration.left.reduce(0, +) < Self.counterShare * perStream * established
        {
            return false
        }
        let residuals = gauge.residuals.map(\.value)
        guard !zip(residuals, residuals.dropFirst()).contains(where: { $0 > $1 }) else { return false }
        return !GaugeName.saysHeld(gauge.gauge)
    }
}

/// What a gauge's name says of it, where its readings alone cannot: a map that nothing is ever taken from and a counter
/// look the same.
public enum GaugeName {
    private static let counted: Set<String> = [
        "total", "totals", "opened", "accepted", "created", "started", "served", "ever", "seen", "counter", "sum",
        "requests", "handled", "sent", "received", "closed", "ended", "finished", "completed", "dropped", "failed",
        "errors", "published", "delivered", "hits", "since", "cumulative", "lifetime", "sequence", "seq", "id",
    ]
    private static let held: Set<String> = [
        "client", "clients", "connection", "connections", "stream", "streams", "session", "sessions", "subscriber",
        "subscribers", "subscription", "subscriptions", "listener", "listeners", "handler", "handlers", "watcher",
        "watchers", "timer", "timers", "timeout", "timeouts", "interval", "intervals", "active", "open", "current",
        "live",
        "alive", "pending", "held", "queue", "queues", "queued", "waiting", "waiters", "emitter", "emitters", "sink",
        "sinks", "channel", "channels", "topic", "topics", "room", "rooms", "socket", "sockets", "response",
        "responses",
        "task", "tasks", "job", "jobs", "goroutine", "goroutines", "thread", "threads", "greenlet", "greenlets", "slot",
        "slots", "producer", "producers", "user", "users", "peer", "peers", "member", "members", "viewer", "viewers",
        "registry", "map", "size", "length", "entries", "objects", "handles", "fds", "inflight", "outstanding",
    ]

    /// Whether the name is one of what was counted until now, which never comes back.
    public static func saysCounted(_ name: String) -> Bool { !words(of: name).isDisjoint(with: counted) }

    /// Whether the name is one of what is held now, and not of what was counted until now.
    public static func saysHeld(_ name: String) -> Bool {
        let words = words(of: name)
        return words.isDisjoint(with: counted) && !words.isDisjoint(with: held)
    }

    /// `sse_openStreams.total` → sse, open, streams, total.
    static func words(of name: String) -> Set<String> {
        var words: [String] = [""]
        var wasLower = false
        for character in name {
            guard character.isLetter else {
                words.append("")
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower { words.append("") }
            wasLower = character.isLowercase
            words[words.count - 1].append(character.lowercased())
        }
        return Set(words.filter { !$0.isEmpty })
    }
}
