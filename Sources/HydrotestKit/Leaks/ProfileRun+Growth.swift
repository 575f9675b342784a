import EventLoop
import Load
import Record
import RunProfile
import Verdict
import Vocabulary

/// Whether what is held after the load grows with further drops: a leak does, a pool or a cache has filled up.
extension ProfileRun {
    /// How many leaks further drops are to make at the rate that was seen, so that chance hides none.
    static let expectedLeaks = 12.0
    /// Further drops of one trial.
    static let growthDrops = 20...2_000
    /// Trials that may be made in all, as each takes a settle time.
    static let growthTrials = 8
    /// How long a trial's connections may take to arrive, in seconds.
    static let growthArrival = 20.0

    /// Makes the drops of each suspect gauge once more, the ones that left most.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func repeatDrops(_ watch: GaugeWatch, _ scenarios: [LoadScenario]) throws(RunError) {
        let suspects = watch.suspects
        let polite = watch.records.filter { !proof(watch).leftByWaves($0).isEmpty }
        guard !isOver, !suspects.isEmpty || !polite.isEmpty else { return }
        let start = now
        monitor.begin(phase: Phase.Name.growth.rawValue)
        record.growthTrials = []
        let deadline = MonotonicClock.now() + Self.attributionBudget
        var left = Self.growthTrials
        for (trial, gauges) in plans(for: suspects) {
            // What is in doubt after one trial gets a second.
            for round in 0..<2 {
                let open = round == 0 ? gauges : gauges.filter { isDoubtful($0.gauge, watch) }
                guard left > 0, !open.isEmpty else { break }
                left -= 1
                try make(trial, open, watch, scenarios, deadline)
            }
        }
        // Streams that only reconnect end as those of a calibration do.
        let drops = scenarios.contains { !$0.plan.cards.isEmpty }
        let ending = drops ? polite : polite + suspects.filter { gauge in !polite.contains(gauge) }
        if !ending.isEmpty, !isOver { try endPolitely(ending, watch, scenarios) }
        record.phases.append(Phase(name: .growth, start: start, end: now))
    }

    private struct Share {
        let gauge: GaugeRecord
        /// Units that one drop left.
        let rate: Double
    }

    /// The trials that are worth it: for each gauge the stage and manner that left most, or the load's own mixture.
    private func plans(for suspects: [GaugeRecord]) -> [(AttributionTrial, [Share])] {
        var plans: [AttributionTrial: [Share]] = [:]
        let total = record.load.drops.reduce(0) { $0 + Double($1.count) }
        guard total > 0 else { return [] }
        for gauge in suspects {
            let cells = record.attributions.filter {
                $0.probe == gauge.probe && $0.gauge == gauge.gauge && $0.residual > 0 && $0.drops > 0
            }
            let rate = { (cell: Attribution) in cell.residual / Double(cell.drops) }
            if let worst = cells.max(by: { rate($0) < rate($1) }) {
                plans[AttributionTrial(stage: worst.stage, manner: worst.manner), default: []]
                    .append(Share(gauge: gauge, rate: rate(worst)))
            } else {
                plans[AttributionTrial(stage: nil, manner: nil), default: []]
                    .append(Share(gauge: gauge, rate: (gauge.residual(at: .settle) ?? 0) / total))
            }
        }
        return plans.sorted { left, right in
            let (first, second) = (left.key.stage?.order ?? -1, right.key.stage?.order ?? -1)
            return first != second ? first < second : (left.key.manner?.order ?? 0) < (right.key.manner?.order ?? 0)
        }
        .map { ($0.key, $0.value) }
    }

    private func isDoubtful(_ gauge: GaugeRecord, _ watch: GaugeWatch) -> Bool {
        let trials = (record.growthTrials ?? []).filter {
            $0.probe == gauge.probe && $0.gauge == gauge.gauge && !$0.isPolite
        }
        return proof(watch).isDoubtful(trials)
    }

    private func make(
        _ trial: AttributionTrial,
        _ shares: [Share],
        _ watch: GaugeWatch,
        _ scenarios: [LoadScenario],
        _ deadline: Nanoseconds
    ) throws(RunError) {
        let slowest = shares.map(\.rate).min() ?? 1
        let wanted = slowest > 0 ? Self.expectedLeaks / slowest : Double(Self.growthDrops.upperBound)
        let able = max(1, trial.scenarios(of: scenarios, drops: 1, seed: profile.seed).count)
        let total = Double(record.load.drops.reduce(0) { $0 + $1.count })
        let most = trial.stage == nil ? max(total, 1) : Double(Self.growthDrops.upperBound)
        let drops = Int(min(most, max(Double(Self.growthDrops.lowerBound), wanted)).rounded(.up)) / able
        guard
            let outcome = try attempt(trial, drops: max(1, drops), shares.map(\.gauge), watch, scenarios, deadline)
        else { return }
        let made = outcome.drops.reduce(0 as UInt64) { $0 + $1.count }
        // A server that takes no connection any more shows nothing.
        guard made >= UInt64(max(1, drops * able / 2)) else { return }
        for (gauge, gained) in outcome.residuals {
            guard let rate = shares.first(where: { $0.gauge.seriesName == gauge.seriesName })?.rate else { continue }
            record.growthTrials?.append(
                GrowthTrial(
                    probe: gauge.probe,
                    gauge: gauge.gauge,
                    stage: trial.stage,
                    manner: trial.manner,
                    drops: made,
                    expected: rate * Double(made),
                    gained: gained
                )
            )
        }
    }

    /// Opens streams once more and ends them in good order, and as many again where that left something: a pool may have
    /// been filling up until then.
    private func endPolitely(_ gauges: [GaugeRecord], _ watch: GaugeWatch, _ scenarios: [LoadScenario]) throws(RunError)
    {
        var open = gauges
        for _ in 0..<Self.politeTrials where !open.isEmpty && !isOver {
            let before = watch.read()
            let streams = try openOrderly(before, watch, scenarios)
            wait(until: MonotonicClock.now() + settleTime, saying: "what orderly endings leave") { false }
            let after = watch.read()
            guard !isOver, streams > 0 else { return }
            open = open.filter { gauge in
                guard let low = before[gauge.seriesName], let high = after[gauge.seriesName] else { return false }
                let trial = GrowthTrial(
                    probe: gauge.probe,
                    gauge: gauge.gauge,
                    stage: nil,
                    manner: nil,
                    drops: streams,
                    expected: politeRate(of: gauge, scenarios) * Double(streams),
                    gained: max(0, high - low),
                    isPolite: true
                )
                record.growthTrials?.append(trial)
                return high > low
            }
        }
    }

    /// Streams that end in good order, one after the other, of which few are open at once.
    private static let orderlyStreams = 50
    private static let orderlyRate = 40.0
    private static let orderlyHold: Nanoseconds = 250 * .perMillisecond
    /// How often they are opened at most.
    private static let politeTrials = 2

    /// Opens streams that end in good order: one after the other, or as many at once as the load held where it drops none.
    ///
    /// - Returns: how many there were.
    private func openOrderly(
        _ before: [String: Double],
        _ watch: GaugeWatch,
        _ scenarios: [LoadScenario]
    ) throws(RunError) -> UInt64 {
        let dropping = scenarios.filter { !$0.plan.cards.isEmpty }
        guard !dropping.isEmpty else {
            let count = min(Limits.mostStreams, Int(record.load.connections.peak))
            let wave = CalibrationWave(of: scenarios, count: max(1, count), seed: SplitMix64.mix(profile.seed, 1))
            var responses = Self.responses(watch, quiet: before.mapValues { [$0] })
            try carryOut(wave, &responses, watch)
            return record.calibration?.waves.last?.streams ?? 0
        }
        let parts = dropping.distinctEndpoints(most: Limits.endpoints)
        let orderly = parts.enumerated().map { index, part in
            var scenario = part.plain(name: "orderly \(index)")
            scenario.connections = max(1, Self.orderlyStreams / parts.count)
            scenario.arrival = .rate(Self.orderlyRate / Double(parts.count))
            scenario.hold = scenario.stream.until == nil ? Self.orderlyHold : Limits.ownEnd
            let seed = SplitMix64.mix(profile.seed, 1)
            let plan = ScenarioPlan(scenario, tls: part.endpoint.isTLS, seed: seed)
            return LoadScenario(plan: plan, endpoint: part.endpoint)
        }
        return try carryOut(orderly, saying: "do orderly endings leave something?").connections.established
    }

    /// What one stream that ends in good order left until now, in units.
    private func politeRate(of gauge: GaugeRecord, _ scenarios: [LoadScenario]) -> Double {
        guard scenarios.contains(where: { !$0.plan.cards.isEmpty }) else {
            return (gauge.residual(at: .settle) ?? 0) / Double(max(1, record.load.connections.established))
        }
        return (gauge.calibration?.left.min() ?? 0) / Double(max(1, gauge.calibration?.streams ?? 1))
    }
}
