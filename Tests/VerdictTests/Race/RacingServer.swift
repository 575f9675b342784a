import Record
import Verdict
import Vocabulary

/// A made-up server that leaks in a window of delays, and a client whose timers are late.
struct RacingServer {
    /// The window, in µs.
    var window = 80.0...280.0
    /// The share of drops inside that leak.
    var share = 1.0
    /// The spread of the moments at which the server gets to its steps, in µs.
    var spread = 15.0
    /// The share of drops that meet a machine which stood still for a millisecond.
    var stalls = 0.02
    /// What other clients change between two readings, at most.
    var others = 0
    /// The stages that leak.
    var stages: Set<Stage> = [.requestSent]
    /// How many it can leak before it serves nobody any more.
    var slots = Double.infinity
    private var random = SplitMix64(seed: 7)

    init(seed: UInt64 = 7) { random = SplitMix64(seed: seed) }

    /// Carries out a batch.
    mutating func batch(_ step: RaceSearch.Step, drops: Int = 20) -> RaceBatch {
        let drift = others > 0 ? Double(Int.random(in: -others...others, using: &random)) : 0
        guard case .drop(let stage, let asked) = step else {
            return RaceBatch(stage: nil, asked: 0, delays: nil, drops: 0, changes: ["state.clients": drift])
        }
        var leaked = 0.0
        var delays: [Double] = []
        for _ in 0..<drops {
            let delay = Double(asked) / 1e3 + (asked > 0 ? 12 + Double.random(in: 0...6, using: &random) : 1)
            delays.append(delay)
            let stall = Double.random(in: 0..<1, using: &random) < stalls ? 1_000.0 : 0
            // The sum of four uniform variables is bell-shaped enough.
            let noise =
                (0..<4).reduce(0.0) { sum, _ in sum + Double.random(in: -1...1, using: &random) } * spread / 1.15
            let isInside = window.contains(delay + noise - stall)
            if stages.contains(stage), isInside, Double.random(in: 0..<1, using: &random) < share { leaked += 1 }
        }
        delays.sort()
        func nanoseconds(_ delay: Double) -> Nanoseconds { Nanoseconds(seconds: delay / 1e6) }
        return RaceBatch(
            stage: stage,
            asked: asked,
            delays: .init(
                min: nanoseconds(delays[0]),
                median: nanoseconds(delays[drops / 2]),
                max: nanoseconds(delays[drops - 1])
            ),
            drops: UInt64(drops),
            changes: ["state.clients": leaked + drift]
        )
    }

    /// Searches until the window is known or a budget of drops is spent.
    mutating func search(
        stages: [Stage] = [.requestSent],
        to: Nanoseconds = 20 * .perMillisecond,
        budget: Int = 20_000,
        seed: UInt64 = 42
    ) -> RunRecord {
        var search = RaceSearch(stages: stages, gauges: ["state.clients"], range: 0...to, seed: seed)
        var race = RaceRecord(manner: .fin, from: 0, to: to, budget: UInt64(budget))
        race.end = .budget
        while race.drops < budget {
            guard let step = search.next(after: race.batches) else {
                race.end = .known
                break
            }
            let batch = batch(step, drops: search.drops(of: 20, after: race.batches))
            slots -= max(0, batch.changes["state.clients"] ?? 0)
            guard slots >= 0 else { break }
            race.batches.append(batch)
        }
        race.stage = search.stage
        race.gauge = search.gauge
        var record = Made.record()
        record.gauges = [Made.gauge(settle: 100)]
        record.race = race
        return record
    }
}
