import RunProfile
import Testing
import Vocabulary

@Suite struct StaircaseTests {
    private let staircase = Staircase(levels: [2, 6], rate: 100, hold: .perSecond)

    @Test func levelsFollowEachOther() {
        #expect(staircase.ends == [1_020 * .perMillisecond, 2_160 * .perMillisecond])
        #expect([staircase.start(of: 0), staircase.start(of: 1)] == [0, 1_120 * .perMillisecond])
        #expect([staircase.count(of: 0), staircase.count(of: 1)] == [2, 4])
        #expect(staircase.end == 2_160 * .perMillisecond)
    }

    @Test func connectionsStartWithinTheirLevel() {
        let schedule = ArrivalSchedule(.staircase(staircase), connections: 6)
        #expect(schedule.count == 6)
        let moments = (0..<6).map { schedule.moment(of: $0) / .perMillisecond }
        #expect(moments == [0, 10, 1_120, 1_130, 1_140, 1_150])
        #expect(schedule.most(within: 1) == 6, "all are there in the end")
    }

    @Test func denseLevelsKeepToTheGrid() {
        let schedule = ArrivalSchedule(
            .staircase(Staircase(levels: [3, 9], rate: 4_000, hold: .perSecond)),
            connections: 9
        )
        #expect((0..<9).allSatisfy { schedule.moment(of: $0) % ArrivalSchedule.grid == 0 })
        #expect(schedule.moment(of: 2) == 0)
        #expect(schedule.moment(of: 8) > schedule.moment(of: 3))
    }
}
