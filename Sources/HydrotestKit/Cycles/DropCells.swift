import Load
import Record
import RunProfile
import Vocabulary

/// The stages and manners that a profile's drops can be tried at one by one, and the connections that try them.
///
/// They are those of the scenarios that drop. A profile without such a scenario is tried at every stage, in the manners
/// that its transports allow; scenarios that hold are left out otherwise, so that nothing else moves the gauges.
struct DropCells {
    /// How long a stalled or half-closed connection stays where no scenario says it, in ns.
    static let wait: Nanoseconds = 500 * .perMillisecond
    /// The longest time over which a cell's connections arrive, in seconds.
    static let longestArrival = 0.5
    /// The rate at which connections arrive where no scenario that drops says it, per second.
    static let rate = 200.0

    /// A scenario and what of its connections can be dropped.
    private struct Part {
        let scenario: Scenario
        let endpoint: Endpoint
        let cells: Set<MatrixCell>
    }

    private let parts: [Part]
    /// Every stage and manner, in order.
    let cells: [MatrixCell]

    /// The cells of a run's scenarios.
    ///
    /// - Parameters:
    ///   - stages: the stages to take in place of the scenarios' own.
    ///   - manners: the manners to take in place of the scenarios' own.
    init(_ scenarios: [LoadScenario], stages: [Stage]?, manners: [Manner]?) {
        let dropping = scenarios.filter { !$0.plan.cards.isEmpty }
        parts = (dropping.isEmpty ? scenarios : dropping).map { scenario in
            let tls = scenario.endpoint.isTLS
            let cards = scenario.plan.cards
            let ownManners = cards.isEmpty ? Manner.allCases.filter { $0 != .vanish } : Self.unique(cards.map(\.manner))
            let ownStages = cards.isEmpty ? Stage.passed(tls: tls) : Self.unique(cards.map(\.stage))
            let cells = (stages ?? ownStages).flatMap { stage in
                (manners ?? ownManners).filter { $0.applies(at: stage, tls: tls) }
                    .map { MatrixCell(stage: stage, manner: $0) }
            }
            return Part(
                scenario: Self.dropping(scenario.plan.scenario),
                endpoint: scenario.endpoint,
                cells: Set(cells)
            )
        }
        cells = Set(parts.flatMap(\.cells)).sorted {
            ($0.stage.order, $0.manner.order) < ($1.stage.order, $1.manner.order)
        }
    }

    /// The connections of one cell, shared out among the scenarios that can make them.
    ///
    /// - Parameter seed: what their delays are drawn from.
    func scenarios(_ cell: MatrixCell, drops: Int, seed: UInt64) -> [LoadScenario] {
        let able = parts.filter { $0.cells.contains(cell) }
        return able.enumerated().compactMap { index, part in
            let count = drops / able.count + (index < drops % able.count ? 1 : 0)
            guard count > 0 else { return nil }
            var scenario = part.scenario
            scenario.connections = count
            scenario.arrival = Self.paced(scenario.arrival, connections: count)
            return Self.planned(scenario, part.endpoint, cell, seed)
        }
    }

    /// The connections of one batch, all of one scenario and after the same delay.
    ///
    /// - Parameter rate: connections per second.
    func batch(_ cell: MatrixCell, drops: Int, after delay: Nanoseconds, rate: Double, seed: UInt64) -> [LoadScenario] {
        guard let part = parts.first(where: { $0.cells.contains(cell) }) else { return [] }
        var scenario = part.scenario
        scenario.connections = drops
        scenario.arrival = .rate(rate)
        scenario.drop?.delay = delay...delay
        return [Self.planned(scenario, part.endpoint, cell, seed)]
    }

    /// About how long a cell's connections take, in ns.
    func duration(_ cell: MatrixCell, drops: Int) -> Nanoseconds {
        scenarios(cell, drops: drops, seed: 0).map { scenario in
            let drop = scenario.plan.scenario.drop ?? DropOptions()
            let arrivals = scenario.plan.scenario.arrival.highestRate.map { Double(drops) / $0 } ?? 0
            let stays = cell.manner == .stall || cell.manner == .halfClose
            return Nanoseconds(seconds: arrivals) + drop.delay.upperBound + (stays ? drop.wait : 0)
        }
        .max() ?? 0
    }

    private static func planned(_ scenario: Scenario, _ endpoint: Endpoint, _ cell: MatrixCell, _ seed: UInt64)
        -> LoadScenario
    {
        var scenario = scenario
        scenario.name += " \(cell.stage.rawValue) \(cell.manner.rawValue)"
        scenario.drop?.stages = [cell.stage]
        scenario.drop?.manners = [cell.manner]
        return LoadScenario(plan: ScenarioPlan(scenario, tls: endpoint.isTLS, seed: seed), endpoint: endpoint)
    }

    /// A scenario as one that drops.
    private static func dropping(_ scenario: Scenario) -> Scenario {
        guard scenario.drop == nil else { return scenario }
        var scenario = scenario
        var drop = DropOptions()
        drop.wait = wait
        scenario.drop = drop
        scenario.hold = nil
        scenario.arrival = .rate(rate)
        return scenario
    }

    /// The scenario's own pace, but for slow ones: a cycle need not last.
    private static func paced(_ arrival: Arrival, connections: Int) -> Arrival {
        arrival.highestRate.map { .rate(max($0, Double(connections) / longestArrival)) } ?? arrival
    }

    private static func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
        var seen: Set<Element> = []
        return elements.filter { seen.insert($0).inserted }
    }
}
