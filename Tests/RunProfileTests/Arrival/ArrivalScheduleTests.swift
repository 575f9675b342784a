import RunProfile
import Testing
import Vocabulary

@Suite struct ArrivalScheduleTests {
    private func moments(_ arrival: Arrival, _ connections: Int) -> [Nanoseconds] {
        let schedule = ArrivalSchedule(arrival, connections: connections)
        return (0..<schedule.count).map(schedule.moment)
    }

    private func milliseconds(_ arrival: Arrival, _ connections: Int) -> [Double] {
        moments(arrival, connections).map { Double($0) / 1e6 }
    }

    @Test func atOnceIsAtTheStart() {
        #expect(moments(.atOnce, 3) == [0, 0, 0])
    }

    @Test func aRateSpacesEvenly() {
        #expect(milliseconds(.rate(400), 4) == [0, 2.5, 5, 7.5])
        #expect(milliseconds(.rate(1_000), 4) == [0, 1, 2, 3])
    }

    /// Above 1,000/s connections come in groups, the same number of them in the same time.
    @Test func aDenseRateComesInGroups() {
        #expect(milliseconds(.rate(2_500), 8) == [0, 0, 0, 1, 1, 2, 2, 2])
        let dense = moments(.rate(7_000), 70_001)
        #expect(dense.allSatisfy { $0 % .perMillisecond == 0 })
        #expect(dense.last == 10 * .perSecond)
        #expect(Set(dense).count == 10_001)
    }

    /// From nothing, k connections are due after √(2k/s) seconds.
    @Test func aRampFromNothingStartsSlowly() {
        let ramp = Arrival.varying(VaryingRate(start: 0, ramps: [RateRamp(to: 100, over: 2 * .perSecond)]))
        let moments = milliseconds(ramp, 103)
        #expect(moments[0] == 0)
        #expect(abs(moments[1] - 200) < 1e-5)
        #expect(abs(moments[4] - 400) < 1e-5)
        #expect(abs(moments[25] - 1_000) < 1e-5)
        #expect(abs(moments[100] - 2_000) < 1e-5)
        #expect(abs(moments[102] - 2_020) < 1e-5, "the last rate goes on")
    }

    @Test func aSpikeComesOnTopOfTheRate() {
        let spike = ArrivalSpike(at: 20 * .perMillisecond, connections: 3)
        let arrival = Arrival.varying(VaryingRate(start: 100, spikes: [spike]))
        #expect(milliseconds(arrival, 8) == [0, 10, 20, 20, 20, 20, 30, 40])
    }

    /// The rate starts what the spikes leave, and every spike comes, whatever the order they are written in.
    @Test func spikesAreAPartOfTheConnections() {
        let spikes = [ArrivalSpike(at: .perSecond, connections: 2), ArrivalSpike(at: 0, connections: 1)]
        let arrival = Arrival.varying(VaryingRate(start: 100, spikes: spikes))
        #expect(milliseconds(arrival, 5) == [0, 0, 10, 1_000, 1_000])
        #expect(milliseconds(arrival, 3) == [0, 1_000, 1_000])
    }

    @Test func onlyTheFirstOfThoseThatAreKeptHaveAMoment() {
        #expect(milliseconds(.keep(3, rate: 100), 9) == [0, 10, 20])
        #expect(milliseconds(.keep(3, rate: nil), 9) == [0, 0, 0])
        #expect(milliseconds(.keep(3, rate: nil), 2) == [0, 0])
    }

    static let busy: [Arrival] = [
        .rate(7), .rate(333), .rate(4_321),
        .varying(VaryingRate(start: 0, ramps: [RateRamp(to: 900, over: 3 * .perSecond)])),
        .varying(
            VaryingRate(
                start: 800,
                ramps: [
                    RateRamp(to: 10, over: .perSecond), RateRamp(to: 1_900, over: .perSecond),
                    RateRamp(to: 5, over: 100 * .perMillisecond), RateRamp(to: 90, over: 0),
                ],
                spikes: [
                    ArrivalSpike(at: 1_300 * .perMillisecond, connections: 90),
                    ArrivalSpike(at: 1_800 * .perMillisecond, connections: 400),
                    ArrivalSpike(at: 9 * .perSecond, connections: 10),
                ]
            )
        ),
    ]

    @Test(arguments: busy)
    func noConnectionStartsBeforeTheOneBeforeIt(arrival: Arrival) {
        let all = moments(arrival, 3_000)
        #expect(all == all.sorted())
    }

    /// Counted one by one, there are never more in a span than said, and rarely much fewer.
    @Test(arguments: busy, [1, 40, 350, 700, 2_600, 60_000] as [Nanoseconds])
    func theMostWithinASpan(arrival: Arrival, milliseconds: Nanoseconds) {
        let span = milliseconds * .perMillisecond
        let all = moments(arrival, 3_000)
        var (counted, end) = (0, 0)
        for (position, moment) in all.enumerated() {
            while end < all.count, all[end] <= moment + span { end += 1 }
            counted = max(counted, end - position)
        }
        let said = ArrivalSchedule(arrival, connections: 3_000).most(within: span)
        #expect(said >= counted)
        #expect(Double(said) <= Double(counted) * 1.01 + 5)
    }

    @Test func aCrowdIsThereAtOnce() {
        #expect(ArrivalSchedule(.atOnce, connections: 9).most(within: 1) == 9)
        #expect(ArrivalSchedule(.keep(4, rate: nil), connections: 9).most(within: 1) == 4)
    }
}
