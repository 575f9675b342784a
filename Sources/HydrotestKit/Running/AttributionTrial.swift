import Load
import Record
import RunProfile
import Vocabulary

/// One trial of the attribution: a stage alone, in one manner or in all that the run drew from.
struct AttributionTrial {
    /// The stage that every connection of the trial is dropped at.
    let stage: Stage
    /// The manner; nil for all that the run drew from at the stage.
    let manner: Manner?

    /// The trial's part of the run's scenarios; scenarios that never drop there are left out.
    ///
    /// - Parameter drops: connections of each scenario for each manner.
    func scenarios(of run: [LoadScenario], drops: Int, seed: UInt64) -> [LoadScenario] {
        run.compactMap { part in
            let manners = part.plan.cards.filter { $0.stage == stage }.map(\.manner)
                .filter { manner == nil || $0 == manner }
            guard !manners.isEmpty else { return nil }
            var scenario = part.plan.scenario
            scenario.name += " \(stage.rawValue) \(manner?.rawValue ?? "")"
            scenario.connections = drops * manners.count
            // The scenario's own pace, but for slow ones: a trial need not last.
            if let rate = scenario.arrival.highestRate {
                scenario.arrival = .rate(max(rate, Double(scenario.connections) / Self.longestArrival))
            }
            scenario.drop?.stages = [stage]
            scenario.drop?.manners = manners
            let plan = ScenarioPlan(scenario, tls: part.endpoint.isTLS, seed: seed)
            return LoadScenario(plan: plan, endpoint: part.endpoint)
        }
    }

    /// The longest time over which a trial's connections arrive, in seconds.
    private static let longestArrival = 0.5

    /// The trial in words, for the line that tells what goes on.
    var name: String { stage.rawValue + (manner.map { " \($0.rawValue)" } ?? "") }
}
