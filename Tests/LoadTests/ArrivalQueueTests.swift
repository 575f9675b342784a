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
}
