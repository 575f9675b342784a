import EventLoop
import Load
import Record
import RunProfile
import Vocabulary

/// Which stage and manner a leak comes from: each is tried alone, and the gauges are read before and after.
extension ProfileRun {
    /// How long the trials may take in all, in ns; those not made by then are left out.
    static let attributionBudget: Nanoseconds = 180 * .perSecond

    private struct Trial {
        let scenario: LoadScenario
        let card: ScenarioPlan.Card
    }

    /// Tries every stage and manner of the run alone, where a gauge is left with a residual.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func attribute(_ watch: GaugeWatch, _ builder: EndpointBuilder, _ scenarios: [LoadScenario]) throws(RunError) {
        let suspects = watch.records.filter { $0.unit == .count && ($0.residual(at: .settle) ?? 0) > 0 }
        let trials = scenarios.flatMap { scenario in scenario.plan.cards.map { Trial(scenario: scenario, card: $0) } }
        guard profile.leak.attributionDrops > 0, !suspects.isEmpty, Set(trials.map(\.card)).count > 1 else { return }
        let start = now
        let end = MonotonicClock.now() + Self.attributionBudget
        for (index, trial) in trials.enumerated() {
            guard !interrupts.isInterrupted, MonotonicClock.now() < end else { break }
            let what =
                "attribution \(index + 1) of \(trials.count), \(trial.card.stage.rawValue) \(trial.card.manner.rawValue)"
            try attempt(trial, suspects, watch, saying: what)
        }
        record.phases.append(Phase(name: .attribution, start: start, end: now))
    }

    private func attempt(
        _ trial: Trial,
        _ suspects: [GaugeRecord],
        _ watch: GaugeWatch,
        saying what: String
    ) throws(RunError) {
        var scenario = trial.scenario.plan.scenario
        scenario.connections = profile.leak.attributionDrops
        scenario.drop?.stages = [trial.card.stage]
        scenario.drop?.manners = [trial.card.manner]
        scenario.name += " \(trial.card.stage.rawValue) \(trial.card.manner.rawValue)"
        let endpoint = trial.scenario.endpoint
        let plan = ScenarioPlan(scenario, tls: endpoint.isTLS, seed: profile.seed)
        let before = watch.read()
        let load = try carryOut([LoadScenario(plan: plan, endpoint: endpoint)], saying: what)
        var after = watch.read()
        wait(until: MonotonicClock.now() + profile.leak.settle, saying: what) {
            after = watch.read()
            return suspects.allSatisfy { (after[$0.seriesName] ?? 0) <= (before[$0.seriesName] ?? 0) }
        }
        guard !interrupts.isInterrupted else { return }
        for suspect in suspects {
            guard let low = before[suspect.seriesName], let high = after[suspect.seriesName] else { continue }
            add(suspect, trial.card, drops: load.connections.dropped, residual: max(0, high - low))
        }
    }

    /// Adds up what the same stage and manner left on plain and TLS connections.
    private func add(_ gauge: GaugeRecord, _ card: ScenarioPlan.Card, drops: UInt64, residual: Double) {
        let known = record.attributions.firstIndex {
            $0.stage == card.stage && $0.manner == card.manner && $0.probe == gauge.probe && $0.gauge == gauge.gauge
        }
        if let known {
            record.attributions[known].drops += drops
            record.attributions[known].residual += residual
        } else {
            record.attributions.append(
                Attribution(
                    stage: card.stage,
                    manner: card.manner,
                    probe: gauge.probe,
                    gauge: gauge.gauge,
                    drops: drops,
                    residual: residual
                )
            )
        }
    }
}
