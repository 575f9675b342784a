import Foundation
import RunProfile
import Testing
import Vocabulary

@Suite struct SteadyTests {
    private static let second = Nanoseconds.perSecond

    private func holding(_ connections: Int, _ arrival: Arrival, for seconds: Nanoseconds) -> Scenario {
        var scenario = Scenario(name: "a", connections: connections)
        scenario.arrival = arrival
        scenario.hold = seconds * Self.second
        return scenario
    }

    private func dropping(_ connections: Int, _ arrival: Arrival, _ manner: Manner = .fin) -> Scenario {
        var scenario = Scenario(name: "b", connections: connections)
        scenario.arrival = arrival
        var drop = DropOptions()
        drop.manners = [manner]
        drop.delay = 0...Self.second
        scenario.drop = drop
        return scenario
    }

    private func seconds(_ steady: Range<Nanoseconds>?) -> Range<Double>? {
        steady.map { $0.lowerBound.inSeconds..<$0.upperBound.inSeconds }
    }

    @Test func heldStreamsAreConstantOnceAllAreOpen() {
        #expect(seconds(holding(101, .rate(10), for: 60).steady) == 10..<60)
        #expect(seconds(holding(100, .atOnce, for: 60).steady) == 0..<60)
    }

    @Test func streamsThatEndWhileOthersArriveAreConstantInBetween() {
        #expect(seconds(holding(1_001, .rate(10), for: 30).steady) == 30..<100)
    }

    @Test func dropsAreConstantOnceAsManyEndAsArrive() {
        #expect(seconds(dropping(1_001, .rate(10)).steady) == 1..<100)
        #expect(seconds(dropping(1_001, .rate(10), .stall).steady) == 6..<100)
        #expect(dropping(1_001, .atOnce).steady == nil)
    }

    @Test func aRateThatBendsIsConstantAfterItsLastBend() {
        let varying = VaryingRate(
            start: 10,
            ramps: [RateRamp(to: 20, over: 20 * Self.second)],
            spikes: [ArrivalSpike(at: 30 * Self.second, connections: 100)]
        )
        #expect(seconds(dropping(1_001, .varying(varying)).steady) == 31..<50)
    }

    @Test func placesThatAreKeptAreConstantFromTheirFirstRoundToTheirLast() {
        #expect(seconds(holding(1_000, .keep(101, rate: 10), for: 30).steady) == 40..<270)
        #expect(dropping(1_000, .keep(101, rate: 10)).steady?.lowerBound == 11 * Self.second)
        #expect(holding(10_000_000, .keep(1, rate: 10), for: 604_800).steady?.upperBound == .max)
    }

    @Test func theBundledSoakIsConstantForMinutes() throws {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        for (file, steady) in [("soak-leak.yaml", 1.0..<300.0), ("soak-ci.yaml", 4..<500)] {
            let path = folder.appendingPathComponent("Profiles").appendingPathComponent(file)
            let read = try #require(seconds(try Examples.read(String(contentsOf: path, encoding: .utf8)).steady))
            #expect(abs(read.lowerBound - steady.lowerBound) < 0.1)
            #expect(abs(read.upperBound - steady.upperBound) < 0.1)
        }
    }

    @Test func aProfileIsConstantWhileAllItsScenariosAre() throws {
        var profile = try Examples.read(Examples.small)
        profile.scenarios = [holding(101, .rate(10), for: 60), dropping(401, .rate(10))]
        #expect(seconds(profile.steady) == 10..<40)
        profile.scenarios.append(dropping(10, .atOnce))
        #expect(profile.steady == nil)
        profile.scenarios = [
            holding(101, .rate(10), for: 20), dropping(10_001, .rate(10)), holding(501, .rate(10), for: 60),
        ]
        #expect(profile.steady == nil)
    }
}
