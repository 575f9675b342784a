import Load
import RunProfile
import Testing
import Vocabulary

@Suite struct ScenarioPlanTests {
    private func plan(_ scenario: Scenario, tls: Bool = false, seed: UInt64 = 42) -> [ConnectionScript] {
        let plan = ScenarioPlan(scenario, tls: tls, seed: seed)
        return (0..<plan.count).map(plan.script)
    }

    private var mixed: Scenario {
        var scenario = Made.dropping(
            40,
            at: [.requestSent, .headersReceived, .streaming],
            [.fin, .rst],
            delay: 0...(20 * .perMillisecond)
        )
        scenario.arrival = .rate(400)
        return scenario
    }

    /// Taken from the algorithm as it stands, so that a change of it is noticed: it would make old reports irreproducible.
    @Test func theSameSeedGivesTheSamePlanToTheLastDelay() {
        let scripts = plan(mixed)
        #expect(scripts == plan(mixed))
        let expected: [ConnectionScript] = [
            ConnectionScript(arrival: 0, ending: .drop(.streaming, .rst, after: 265_904)),
            ConnectionScript(arrival: 2_500_000, ending: .drop(.headersReceived, .fin, after: 542_185)),
            ConnectionScript(arrival: 5_000_000, ending: .drop(.requestSent, .fin, after: 2_809_191)),
            ConnectionScript(arrival: 7_500_000, ending: .drop(.requestSent, .rst, after: 13_633_213)),
        ]
        #expect(Array(scripts.prefix(4)) == expected)
    }

    @Test func anotherSeedGivesAnotherPlan() {
        #expect(plan(mixed, seed: 42) != plan(mixed, seed: 43))
    }

    @Test func anotherNameGivesAnotherPlan() {
        var other = mixed
        other.name = "others"
        #expect(plan(mixed) != plan(other))
    }

    @Test func everyCardComesOnceARound() {
        let cards = ScenarioPlan(mixed, tls: false, seed: 42).cards
        #expect(cards.count == 6)
        let dealt = plan(mixed).map { script -> ScenarioPlan.Card? in
            guard case .drop(let stage, let manner, _) = script.ending else { return nil }
            return cards.first { $0.stage == stage && $0.manner == manner }
        }
        var orders: Set<[ScenarioPlan.Card?]> = []
        for round in 0..<6 {
            let hand = Array(dealt[round * 6..<round * 6 + 6])
            #expect(Set(hand) == Set(cards))
            orders.insert(hand)
        }
        #expect(orders.count > 1, "each round has an order of its own")
    }

    @Test func delaysStayWithinTheirBoundsAndDiffer() {
        var scenario = mixed
        scenario.drop?.delay = (5 * .perMillisecond)...(6 * .perMillisecond)
        let delays = plan(scenario).map { script -> Nanoseconds in
            guard case .drop(_, _, let delay) = script.ending else { return 0 }
            return delay
        }
        #expect(delays.allSatisfy { (5 * .perMillisecond...6 * .perMillisecond).contains($0) })
        #expect(Set(delays).count > 30)
    }

    @Test(arguments: [(false, 9 * 7 - 2 * 9 - 1), (true, 14 * 7 - 2 * 3 - 1)])
    func allStagesWithTheMannersThatApply(tls: Bool, count: Int) {
        let plan = ScenarioPlan(Made.dropping(1, at: nil, Manner.allCases), tls: tls, seed: 1)
        #expect(plan.cards.count == count)
        #expect(Set(plan.cards).count == count)
        #expect(plan.cards.allSatisfy { $0.manner.applies(at: $0.stage, tls: tls) })
        #expect(Set(plan.cards.map(\.stage)) == Set(Stage.passed(tls: tls)))
    }

    @Test func arrivalsFollowTheRate() {
        var scenario = Made.holding(5)
        scenario.arrival = .rate(400)
        #expect(plan(scenario).map(\.arrival) == [0, 2_500_000, 5_000_000, 7_500_000, 10_000_000])
        scenario.arrival = .atOnce
        #expect(plan(scenario).allSatisfy { $0.arrival == 0 && $0.ending == .hold(Made.forever) })
    }

    @Test func aHeldConnectionStopsNowhere() {
        #expect(plan(Made.holding(1))[0].stop == nil)
        #expect(plan(Made.dropping(1, at: [.streaming], [.fin]))[0].stop == .streaming)
    }

    @Test func aReplacementHasNoMomentOfItsOwn() {
        var scenario = Made.holding(4)
        scenario.arrival = .keep(2, rate: 100)
        #expect(plan(scenario).map(\.arrival) == [0, 10_000_000, nil, nil])
    }
}
