import Testing
import Vocabulary

@testable import ReferenceServer

/// The heartbeats of one stream, clean and with each fault of theirs.
@Suite struct HeartbeatScheduleTests {
    /// When heartbeats are due that are sent a little late.
    private func beats(_ faults: Faults, count: Int = 6, from start: Nanoseconds = 1_234) -> [Nanoseconds] {
        var schedule = HeartbeatSchedule(period: 1_000, start: start, faults: faults)
        var moments: [Nanoseconds] = []
        while moments.count < count, let next = schedule.next {
            moments.append(next)
            schedule.sent(at: next + 7)
        }
        return moments
    }

    @Test func theyKeepTheirPeriod() {
        #expect(beats(Faults()) == [2_234, 3_234, 4_234, 5_234, 6_234, 7_234])
    }

    @Test func missedOnesAreNotCaughtUpOn() {
        var schedule = HeartbeatSchedule(period: 1_000, start: 0, faults: Faults())
        schedule.sent(at: 3_500)
        #expect(schedule.next == 4_000)
    }

    @Test func thereAreNone() { #expect(beats(Faults([.noHeartbeat])).isEmpty) }

    @Test func theyStop() {
        #expect(beats(Faults([.heartbeatStops], delay: 3_000)) == [2_234, 3_234, 4_234])
        #expect(beats(Faults([.heartbeatStops], delay: 0)).isEmpty)
        #expect(beats(Faults([], delay: 0)).count == 6)
    }

    @Test func theyDrift() {
        let moments = beats(Faults([.heartbeatDrift]))
        #expect(zip(moments, moments.dropFirst()).map { $1 - $0 } == [1_100, 1_200, 1_300, 1_400, 1_500])
    }

    @Test func theyAreSentAtTheSameInstants() {
        #expect(beats(Faults([.heartbeatHerd]), count: 3) == [2_000, 3_000, 4_000])
        #expect(beats(Faults([.heartbeatHerd]), count: 3, from: 1_999) == [2_000, 3_000, 4_000])
        #expect(beats(Faults([.heartbeatHerd]), count: 3, from: 2_000) == [3_000, 4_000, 5_000])
    }

    @Test func farthestMomentsAreSafe() {
        for fault in [[], [Fault.heartbeatDrift], [.heartbeatHerd]] {
            var schedule = HeartbeatSchedule(period: .max, start: 5, faults: Faults(Set(fault)))
            for _ in 0..<20 { schedule.sent(at: .max) }
            #expect(schedule.next == .max)
        }
    }
}
