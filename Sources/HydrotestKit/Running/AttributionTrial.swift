import Load
import Record
import RunProfile
import Vocabulary

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
