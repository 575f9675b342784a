import Testing
import Vocabulary

@testable import Probe

struct SamplingScheduleTests {
    private let schedule = SamplingSchedule(start: 1_000_000_000, period: 250 * .perMillisecond)

    @Test(arguments: [
        (Nanoseconds(0), Nanoseconds(250), UInt64(0)), (249, 250, 0), (250, 500, 1), (1_100, 1_250, 4),
    ])
    func keepsToItsMoments(_ late: Nanoseconds, _ next: Nanoseconds, _ missed: UInt64) {
        let start = schedule.start
        let (following, count) = schedule.advance(from: start, now: start + late * .perMillisecond)
        #expect(following == start + next * .perMillisecond)
        #expect(count == missed)
    }

    @Test func hasAShortestPeriod() {
        #expect(SamplingSchedule(start: 0, period: 0).period == SamplingSchedule.shortestPeriod)
    }

    @Test func endsAtTheEndOfTime() {
        let schedule = SamplingSchedule(start: 5, period: .max)
        #expect(schedule.advance(from: 5, now: 6).next == .max)
    }
}
