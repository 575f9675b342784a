import EventLoop
import Load
import Record
import RunProfile
import Verdict
import Vocabulary

/// Which stage and manner a leak comes from: each is tried alone, and the gauges are read before and after.
///
/// Stages are tried first, all manners together; only where one leaves something are its manners told apart.
extension ProfileRun {
    /// How long the trials may take in all, in ns; those not made by then are left out.
    static let attributionBudget: Nanoseconds = 180 * .perSecond

    /// What a trial left in the gauges that leaked.
    struct Outcome {
        let drops: [DropCount]
        let residuals: [(gauge: GaugeRecord, residual: Double)]
    }

    /// Tries every stage of the run alone, where a gauge is left with a residual.
    ///
    /// - Throws: ``RunError/machine(_:)`` where the machine gives no loop or no thread.
    func attribute(_ watch: GaugeWatch, _ scenarios: [LoadScenario]) throws(RunError) {
        let suspects = watch.suspects
        let cards = Set(scenarios.flatMap(\.plan.cards))
        // With one stage and one manner there is nothing to tell apart.
        guard profile.leak.attributionDrops > 0, !suspects.isEmpty, cards.count > 1 else { return }
        let start = now
        monitor.begin(phase: Phase.Name.attribution.rawValue)
        let end = MonotonicClock.now() + Self.attributionBudget
        for stage in Set(cards.map(\.stage)).sorted() {
            let manners = Set(cards.filter { $0.stage == stage }.map(\.manner)).sorted { $0.order < $1.order }
            let whole = AttributionTrial(stage: stage, manner: manners.count == 1 ? manners[0] : nil)
            guard let outcome = try attempt(whole, suspects, watch, scenarios, end) else { break }
            guard manners.count > 1, outcome.residuals.contains(where: { $0.residual > 0 }) else {
                note(outcome, at: stage)
                continue
            }
            var isToldApart = false
            for manner in manners {
                let trial = AttributionTrial(stage: stage, manner: manner)
                guard let outcome = try attempt(trial, suspects, watch, scenarios, end) else { break }
                isToldApart = isToldApart || outcome.residuals.contains { $0.residual > 0 }
                note(outcome, at: stage)
            }
            // What a server that serves no more left before is of the stage all the same.
            if !isToldApart, record.serviceStop != nil { noteWhole(outcome, at: stage) }
        }
        record.phases.append(Phase(name: .attribution, start: start, end: now))
    }

    /// Carries out a trial.
    ///
    /// - Returns: nil where it was interrupted, came too late, or the server stopped serving.
    func attempt(
        _ trial: AttributionTrial,
        drops: Int? = nil,
        _ suspects: [GaugeRecord],
        _ watch: GaugeWatch,
        _ scenarios: [LoadScenario],
        _ end: Nanoseconds
    ) throws(RunError) -> Outcome? {
        guard !isOver, record.serviceStop == nil, MonotonicClock.now() < end else { return nil }
        let what = (drops == nil ? "which stage leaks? " : "does it grow with further drops? ") + trial.name
        awaitExpiry(of: suspects, watch, saying: what)
        let parts = trial.scenarios(of: scenarios, drops: drops ?? profile.leak.attributionDrops, seed: profile.seed)
        let before = watch.read()
        let load = try carryOut(parts, saying: what)
        // The whole settle time: what the last connections leave behind may be there only after a while.
        wait(until: MonotonicClock.now() + settleTime, saying: what) { false }
        let after = watch.read()
        guard !isOver else { return nil }
        let residuals = suspects.compactMap { suspect -> (GaugeRecord, Double)? in
            guard let low = before[suspect.seriesName], let high = after[suspect.seriesName] else { return nil }
            // A process opens a file or two of its own meanwhile, whoever leaves.
            let left = max(0, high - low)
            return (suspect, left <= VerdictLimits.slack[suspect.gauge] ?? 0 ? 0 : left)
        }
        service?.drops += load.drops.reduce(0) { $0 + $1.count }
        // A server that serves nobody any more leaves nothing either.
        if load.connections.established == 0, residuals.allSatisfy({ $0.1 <= 0 }) {
            guard try serves(during: what, suspects, watch) else { return nil }
        }
        return Outcome(drops: load.drops, residuals: residuals)
    }

    /// Waits until the server's inactivity timer has cleaned up what the trial before left behind.
    ///
    /// What expired during a trial would be taken off what the trial itself leaves.
    private func awaitExpiry(of suspects: [GaugeRecord], _ watch: GaugeWatch, saying what: String) {
        let names = Set(suspects.filter(\.fellByInactivity).map(\.seriesName))
        guard let inactivity = record.inactivity?.timeout, !names.isEmpty else { return }
        wait(until: MonotonicClock.now() + inactivity + settleTime, saying: what) {
            !watch.remaining(in: watch.read()).contains { names.contains($0.seriesName) }
        }
    }

    /// Notes a trial of all manners together.
    private func noteWhole(_ outcome: Outcome, at stage: Stage) {
        let drops = outcome.drops.filter { $0.stage == stage }.reduce(0 as UInt64) { $0 + $1.count }
        for (gauge, residual) in outcome.residuals where residual > 0 {
            record.attributions.append(
                Attribution(
                    stage: stage,
                    manner: nil,
                    probe: gauge.probe,
                    gauge: gauge.gauge,
                    drops: drops,
                    residual: residual
                )
            )
        }
    }

    /// Notes a trial of one manner, or one of several that left nothing.
    private func note(_ outcome: Outcome, at stage: Stage) {
        for drop in outcome.drops where drop.stage == stage {
            for (gauge, residual) in outcome.residuals {
                record.attributions.append(
                    Attribution(
                        stage: stage,
                        manner: drop.manner,
                        probe: gauge.probe,
                        gauge: gauge.gauge,
                        drops: drop.count,
                        residual: residual
                    )
                )
            }
        }
    }
}

extension GaugeRecord {
    /// Whether the inactivity rung found nothing of what the settle time had left.
    fileprivate var fellByInactivity: Bool {
        residual(at: .inactivity).map { $0 <= VerdictLimits.slack[gauge] ?? 0 } ?? false
    }
}

/// One trial of the attribution: a stage alone, in one manner or in all that the run drew from; or all stages together.
struct AttributionTrial: Hashable {
    /// The stage that every connection of the trial is dropped at; nil for all that the run drew from.
    let stage: Stage?
    /// The manner; nil for all that the run drew from at the stage.
    let manner: Manner?

    /// The trial's part of the run's scenarios; scenarios that never drop there are left out.
    ///
    /// - Parameter drops: connections of each scenario for each manner; of all stages together, of each scenario.
    func scenarios(of run: [LoadScenario], drops: Int, seed: UInt64) -> [LoadScenario] {
        run.compactMap { part in
            let cards = part.plan.cards.filter { card in
                (stage == nil || card.stage == stage) && (manner == nil || card.manner == manner)
            }
            guard !cards.isEmpty else { return nil }
            let manners = cards.map(\.manner)
            var scenario = part.plan.scenario
            scenario.name += " \(stage?.rawValue ?? "again") \(manner?.rawValue ?? "")"
            scenario.connections = stage == nil ? drops : drops * manners.count
            // The scenario's own pace, but for slow ones: a trial need not last.
            if let rate = scenario.arrival.highestRate {
                scenario.arrival = .rate(max(rate, Double(scenario.connections) / Self.longestArrival))
            }
            if let stage {
                scenario.drop?.stages = [stage]
                scenario.drop?.manners = manners
            }
            let plan = ScenarioPlan(scenario, tls: part.endpoint.isTLS, seed: seed)
            return LoadScenario(plan: plan, endpoint: part.endpoint)
        }
    }

    /// The longest time over which a trial's connections arrive, in seconds.
    private static let longestArrival = 0.5

    /// The trial in words, for the line that tells what goes on.
    var name: String { (stage?.rawValue ?? "all stages") + (manner.map { " \($0.rawValue)" } ?? "") }
}
