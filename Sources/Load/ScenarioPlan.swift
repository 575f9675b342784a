import RunProfile
import Vocabulary

/// What a scenario's connections will do: a pure function of profile, seed and position.
///
/// Stages and manners are dealt like cards: every pair of the scenario comes once before any comes again, in an order
/// drawn from the seed, so that small runs visit them all.
public struct ScenarioPlan: Sendable {
    /// A stage with a manner that applies there.
    public struct Card: Hashable, Sendable {
        /// Where to drop.
        public let stage: Stage
        /// How to drop.
        public let manner: Manner
    }

    /// The scenario.
    public let scenario: Scenario
    /// Every pair of stage and manner that can be drawn; empty for a scenario that holds.
    public let cards: [Card]
    /// When the connections start whose moments do not depend on others' ends.
    public let schedule: ArrivalSchedule
    let seed: UInt64

    /// A plan of one scenario.
    ///
    /// - Parameters:
    ///   - scenario: what the profile says.
    ///   - tls: whether its connections are TLS ones.
    ///   - seed: the run's seed.
    public init(_ scenario: Scenario, tls: Bool, seed: UInt64) {
        self.scenario = scenario
        schedule = ArrivalSchedule(of: scenario)
        // The name, not the position, so that another scenario before it changes nothing.
        self.seed = SplitMix64.mix(seed, Self.hash(scenario.name))
        guard let drop = scenario.drop else {
            cards = []
            return
        }
        let stages = drop.stages ?? Stage.passed(tls: tls)
        cards = stages.flatMap { stage in
            drop.manners.filter { $0.applies(at: stage, tls: tls) }.map { Card(stage: stage, manner: $0) }
        }
        precondition(!cards.isEmpty, "a profile is checked before it is planned")
    }

    /// How many connections the scenario starts.
    public var count: Int { scenario.connections }

    /// When a connection starts, in ns from the start of the load; nil where it replaces one that has to end first.
    public func arrival(at index: Int) -> Nanoseconds? {
        index < schedule.count ? schedule.moment(of: index) : nil
    }

    /// The script of a connection by its position in the scenario, from 0.
    public func script(at index: Int) -> ConnectionScript {
        precondition(index >= 0 && index < count)
        guard let drop = scenario.drop else {
            return ConnectionScript(arrival: arrival(at: index), ending: .hold(scenario.hold ?? 0))
        }
        let card = card(at: index)
        var random = SplitMix64(seeds: seed, 2, UInt64(index))
        let delay = Nanoseconds.random(in: drop.delay, using: &random)
        let event = drop.events.map { Int.random(in: $0, using: &random) }
        let ending = ConnectionScript.Ending.drop(card.stage, card.manner, after: delay)
        // A trial of another stage drops there.
        return ConnectionScript(
            arrival: arrival(at: index),
            ending: ending,
            event: card.stage == .streaming ? event : nil
        )
    }

    /// Which of several requests each connection sends.
    func draw(among requests: Int) -> RequestDraw { RequestDraw(among: requests, seed: seed) }

    private func card(at index: Int) -> Card {
        let (round, position) = index.quotientAndRemainder(dividingBy: cards.count)
        if cards.count == 1 { return cards[0] }
        var random = SplitMix64(seeds: seed, 1, UInt64(round))
        // The first steps of a Fisher-Yates shuffle decide the card at a position.
        var order = Array(cards.indices)
        for step in 0...position {
            order.swapAt(step, Int.random(in: step..<order.count, using: &random))
        }
        return cards[order[position]]
    }

    /// FNV-1a, as Swift's own hashes differ from run to run.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
