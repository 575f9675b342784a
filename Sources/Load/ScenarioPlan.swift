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

extension ScenarioPlan {
    /// What is added to a client's wait before it comes back, in ns.
    ///
    /// - Parameters:
    ///   - index: the client's position in the scenario, from 0.
    ///   - wait: the number of the wait among all of the client's, from 0.
    public func reconnectJitter(of index: Int, wait: Int) -> Nanoseconds {
        guard let range = scenario.reconnect?.jitter else { return 0 }
        var random = SplitMix64(seeds: seed, 3, UInt64(index), UInt64(wait))
        return Nanoseconds.random(in: range, using: &random)
    }
}

/// All that is decided about one connection before it starts.
public struct ConnectionScript: Hashable, Sendable {
    /// How the connection ends if nothing goes wrong.
    public enum Ending: Hashable, Sendable {
        /// It is held for a time from its response head, in ns, then closed in good order.
        case hold(Nanoseconds)
        /// It is dropped at a stage, in a manner, a time after it reached the stage, in ns.
        case drop(Stage, Manner, after: Nanoseconds)
    }

    /// When it starts, in ns from the start of the load; nil where it replaces one that has to end first.
    public var arrival: Nanoseconds?
    /// How it ends.
    public var ending: Ending
    /// The event of its stream at which it is dropped, from 1; nil to drop as the stage is reached.
    public var event: Int?

    /// A script from its parts.
    public init(arrival: Nanoseconds?, ending: Ending, event: Int? = nil) {
        self.arrival = arrival
        self.ending = ending
        self.event = event
    }

    /// The stage at which the connection stops dead; nil for one that is held.
    public var stop: Stage? {
        if case .drop(let stage, _, _) = ending { stage } else { nil }
    }
}

/// Which of several requests a connection sends: each comes once before any comes again, in an order of the seed.
///
/// Connection `i` of `n` requests sends number `(a + i·s) mod n`, with `a` and `s` drawn from the seed and `s` coprime to
/// `n`, so that `n` connections in a row send them all.
struct RequestDraw {
    private let count: Int
    private let start: Int
    private let step: Int

    /// A draw among a number of requests, at least one.
    init(among count: Int, seed: UInt64) {
        precondition(count > 0)
        self.count = count
        var random = SplitMix64(seeds: seed, 3)
        start = Int.random(in: 0..<count, using: &random)
        var step = Int.random(in: 0..<count, using: &random) | 1
        while Self.commonDivisor(step, count) != 1 { step += 2 }
        self.step = step
    }

    /// The request of a connection by its position in the scenario.
    subscript(index: Int) -> Int { (start + (index % count) * (step % count)) % count }

    private static func commonDivisor(_ left: Int, _ right: Int) -> Int {
        right == 0 ? left : commonDivisor(right, left % right)
    }
}
