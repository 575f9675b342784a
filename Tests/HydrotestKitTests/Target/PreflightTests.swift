import RunProfile
import TestTurns
import Testing
import Vocabulary

@testable import HydrotestKit

@Suite(Turn.sideBySide) struct PreflightTests {
    private func scenario(_ change: (inout Scenario) -> Void) -> Scenario {
        var scenario = Scenario(name: "s", connections: 1_000)
        change(&scenario)
        return scenario
    }

    @Test func aCrowdIsThereAtOnce() {
        #expect(Preflight.concurrency(scenario { $0.hold = 1 }) == 1_000)
    }

    @Test func aRateHoldsWhatArrivesInALifetime() {
        // 10/s for 5 s and a second of grace, and the one that has just come.
        let held = scenario {
            $0.arrival = .rate(10)
            $0.hold = 5 * .perSecond
        }
        #expect(Preflight.concurrency(held) == 61)
        #expect(
            Preflight.concurrency(
                scenario {
                    $0.arrival = .rate(10_000)
                    $0.hold = 5 * .perSecond
                }
            ) == 1_000
        )
    }

    /// The busiest lifetime of 6 s: the last of a ramp that ends with the 1,000th connection, 1000 - 490 and the one at
    /// its start; a spike among 10/s; or what is kept, however slowly it fills.
    @Test(
        arguments: [
            (.varying(VaryingRate(start: 0, ramps: [RateRamp(to: 100, over: 20 * .perSecond)])), 511),
            (
                .varying(
                    VaryingRate(
                        start: 100,
                        ramps: [RateRamp(to: 10, over: 0)],
                        spikes: [ArrivalSpike(at: 30 * .perSecond, connections: 500)]
                    )
                ),
                561
            ),
            (.keep(400, rate: 10), 400), (.keep(400, rate: nil), 400), (.keep(2_000, rate: nil), 1_000),
        ] as [(Arrival, Int)]
    )
    func theBusiestLifetimeCounts(arrival: Arrival, count: Int) {
        let held = scenario {
            $0.arrival = arrival
            $0.hold = 5 * .perSecond
        }
        #expect(Preflight.concurrency(held) == count)
    }

    @Test(arguments: [([Manner.fin, .rst], 13), ([.fin, .stall], 43), ([.halfClose], 43)])
    func dropsLiveForTheirDelayAndTheirWait(manners: [Manner], count: Int) {
        var drop = DropOptions()
        drop.manners = manners
        drop.delay = 0...(200 * .perMillisecond)
        drop.wait = 3 * .perSecond
        let dropped = scenario {
            $0.arrival = .rate(10)
            $0.drop = drop
        }
        #expect(Preflight.concurrency(dropped) == count)
    }

    @Test func tooManyAreRefusedWithTheNumberThatFits() throws {
        let preflight = Preflight()
        let fitting = preflight.descriptorLimit - Preflight.reservedDescriptors
        var profile = try Made.profile("http://127.0.0.1:9/", [Made.holding(fitting, for: 1)])
        try preflight.check(profile)
        profile.scenarios.append(Made.holding(1, for: 1))
        let error = try #require(throws: RunError.self) { try preflight.check(profile) }
        #expect(error.exitCode == ExitCode.badProfile)
        #expect(error.description.contains(NumberText.grouped(fitting) + " connections fit"))
        #expect(error.description.contains("ulimit -n \(preflight.descriptorLimit + 1)"))
    }

    @Test func aClimbThatDoesNotFitIsRefused() throws {
        let preflight = Preflight()
        let fitting = preflight.descriptorLimit - Preflight.reservedDescriptors
        var profile = try Made.profile("http://127.0.0.1:9/", [])
        func climb(to: Int) {
            let capacity = CapacityOptions(from: 1, step: .factor(10), to: to)
            profile.capacity = capacity
            profile.scenarios = [capacity.climbing(Scenario(name: "s", connections: 1), rate: 100)]
        }
        climb(to: fitting)
        try preflight.check(profile)
        climb(to: fitting + 1)
        let error = try #require(throws: RunError.self) { try preflight.check(profile) }
        #expect(error.description.contains(NumberText.grouped(fitting) + " connections fit"))
        #expect(error.description.contains("Lower `capacity.to`"))
    }
}
