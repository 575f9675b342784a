import RunProfile
import Testing
import Vocabulary

@testable import Load

@Suite struct ArrivalQueueTests {
    private struct Position: Hashable {
        let scenario: Int
        let index: Int
    }

    private static let plans: [ScenarioPlan] = {
        var slow = Made.holding(30, name: "slow")
        slow.arrival = .rate(100)
        var fast = Made.holding(101, name: "fast")
        fast.arrival = .rate(333)
        return [slow, Made.holding(17, name: "crowd"), fast].map { ScenarioPlan($0, tls: false, seed: 3) }
    }()

    private func drain(_ plans: [ScenarioPlan], shard: Int, of count: Int) -> [ArrivalQueue.Next] {
        var queue = ArrivalQueue(plans, shard: shard, shardCount: count)
        var drained: [ArrivalQueue.Next] = []
        while let next = queue.next {
            drained.append(next)
            queue.advance()
        }
        return drained
    }

    @Test(arguments: 1...7)
    func shardsPartitionTheConnections(count: Int) {
        var seen: [Position: Int] = [:]
        for shard in 0..<count {
            let drained = drain(Self.plans, shard: shard, of: count)
            #expect(drained.map(\.arrival) == drained.map(\.arrival).sorted())
            for next in drained {
                seen[Position(scenario: next.scenario, index: next.index), default: 0] += 1
                #expect(next.arrival == Self.plans[next.scenario].arrival(at: next.index))
            }
        }
        let all = Self.plans.indices.flatMap { scenario in
            (0..<Self.plans[scenario].count).map { Position(scenario: scenario, index: $0) }
        }
        #expect(seen.count == all.count)
        #expect(all.allSatisfy { seen[$0] == 1 })
    }

    @Test func moreShardsThanConnectionsLeaveSomeEmpty() {
        let plans = [ScenarioPlan(Made.holding(2), tls: false, seed: 3)]
        #expect((0..<5).map { drain(plans, shard: $0, of: 5).count } == [1, 1, 0, 0, 0])
    }

    @Test func advancingPastTheEndStaysThere() {
        var queue = ArrivalQueue([], shard: 0, shardCount: 1)
        #expect(queue.next == nil)
        queue.advance()
        #expect(queue.next == nil)
    }

    private func kept(_ count: Int, of connections: Int, rate: Double? = nil) -> ScenarioPlan {
        var scenario = Made.holding(connections, name: "kept")
        scenario.arrival = .keep(count, rate: rate)
        return ScenarioPlan(scenario, tls: false, seed: 3)
    }

    @Test func aPlaceThatFallsFreeIsFilledAtThatMoment() {
        var queue = ArrivalQueue([kept(2, of: 4, rate: 100)], shard: 0, shardCount: 1)
        #expect(queue.next?.index == 0)
        queue.advance()
        // The second one is still to come when the first has ended.
        #expect(queue.next?.arrival == 10_000_000)
        let comesEarlier = queue.fallFree(scenario: 0, at: 4_000_000)
        #expect(comesEarlier)
        #expect(queue.next?.index == 2)
        #expect(queue.next?.arrival == 4_000_000)
        queue.advance()
        #expect(queue.next?.index == 1)
        queue.advance()
        #expect(queue.next == nil, "none is left that need not wait")
        let isFilled = queue.fallFree(scenario: 0, at: 20_000_000)
        #expect(isFilled)
        let comesBefore = queue.fallFree(scenario: 0, at: 21_000_000)
        #expect(!comesBefore, "one place is filled before the other")
        #expect(queue.next?.index == 3)
        #expect(queue.next?.arrival == 20_000_000)
        queue.advance()
        #expect(queue.next == nil)
        let isStarted = queue.fallFree(scenario: 0, at: 30_000_000)
        #expect(!isStarted, "all have been started")
        #expect(queue.next == nil)
    }

    @Test func otherScenariosLeaveNoPlace() {
        var queue = ArrivalQueue([Self.plans[0]], shard: 0, shardCount: 1)
        let before = queue.next?.index
        let isReplaced = queue.fallFree(scenario: 0, at: 0)
        #expect(!isReplaced)
        #expect(queue.next?.index == before)
    }

    /// Also where there are fewer places than shards.
    @Test(arguments: [1, 2, 3, 5, 8], [1, 2, 3, 4, 7, 40])
    func shardsShareThePlacesAndTheConnections(shardCount: Int, places: Int) {
        let plan = kept(places, of: 40)
        var started: [Int] = []
        var alive = 0
        for shard in 0..<shardCount {
            var queue = ArrivalQueue([plan], shard: shard, shardCount: shardCount)
            var own = 0
            while let next = queue.next, next.index < places {
                started.append(next.index)
                own += 1
                queue.advance()
            }
            alive += own
            // One after the other ends, until none is alive.
            var moment: Nanoseconds = 0
            while own > 0 {
                moment += 1
                own -= 1
                _ = queue.fallFree(scenario: 0, at: moment)
                guard let next = queue.next else { continue }
                #expect(next.arrival == moment)
                started.append(next.index)
                own += 1
                queue.advance()
            }
        }
        #expect(alive == places)
        #expect(started.sorted() == Array(0..<40))
    }

    @Test func placesThatFallFreeTogetherAreFilledInTurn() {
        var queue = ArrivalQueue([kept(4, of: 40)], shard: 0, shardCount: 1)
        for _ in 0..<4 { queue.advance() }
        var filled: [Nanoseconds] = []
        for round in 0..<6 as Range<Nanoseconds> {
            for place in 0..<4 as Range<Nanoseconds> { _ = queue.fallFree(scenario: 0, at: round * 10 + place) }
            for _ in 0..<3 {
                filled.append(queue.next?.arrival ?? .max)
                queue.advance()
            }
        }
        #expect(filled == filled.sorted())
        #expect(filled.last == 41)
        #expect(queue.next?.index == 22)
    }
}
