import Foundation
import Record
import Testing
import Verdict
import Vocabulary

/// Streams that the server ended, by their age.
@Suite struct EndedStreamFindingTests {
    /// A run in which the server ended streams at some ages, in seconds, one arriving a second after the other.
    private func record(ages: [Double], quiet: Bool, beats: UInt64, apart: Double = 1) -> RunRecord {
        var record = Made.record()
        record.load.connections.ended = UInt64(ages.count)
        record.load.heartbeat.streams = 20
        record.load.heartbeat.beats = beats
        for (index, age) in ages.enumerated() {
            let life = Nanoseconds(seconds: age)
            let end = StreamEnd(
                age: life,
                silence: quiet ? life : 500 * .perMillisecond,
                longestGap: quiet ? 0 : .perSecond,
                isOrderly: true
            )
            let moment = life + Nanoseconds(seconds: Double(index) * apart)
            record.load.heartbeat.noteEnd(end, quietAfter: 500 * .perMillisecond, at: moment)
        }
        return record
    }

    private static let cluster = [60.01, 60.02, 60.02, 60.03, 60.02, 60.01, 60.02, 60.03, 60.02, 60.02]

    @Test func quietStreamsOfOneAgeNameTheTimer() throws {
        let finding = try #require(
            record(ages: Self.cluster, quiet: true, beats: 0).findings("quiet-streams-ended").first
        )
        #expect(finding.severity == .failure)
        #expect(finding.title == "quiet streams end at 60.0 s: an inactivity timer, no heartbeat")
        #expect(finding.evidence.first == "10 streams ended by the server while quiet.")
        #expect(finding.evidence.contains("Most were ended at an age of about 60.0 s, whenever they began."))
    }

    @Test func theyMayHaveEndedAtOneMoment() throws {
        let finding = try #require(
            record(ages: Self.cluster, quiet: true, beats: 0, apart: 0).findings("quiet-streams-ended").first
        )
        #expect(finding.title == "quiet streams end at 60.0 s: an inactivity timer, no heartbeat")
        #expect(finding.evidence.contains { $0.contains("all at about one moment") })
    }

    @Test func heartbeatsThatStopLeaveTheTimerNamed() throws {
        let finding = try #require(
            record(ages: Self.cluster, quiet: true, beats: 30).findings("quiet-streams-ended").first
        )
        #expect(
            finding.title
                == "quiet streams end 60.0 s after their last byte: an inactivity timer, and heartbeats that stop"
        )
    }

    @Test(arguments: [900, 0] as [UInt64])
    func streamsThatAreNotQuietNameTheirAge(beats: UInt64) throws {
        let judgement = record(ages: Self.cluster, quiet: false, beats: beats).judged()
        let finding = try #require(judgement.findings.first { $0.id == "streams-recycled" })
        #expect(finding.severity == .info)
        #expect(
            finding.title == "streams end in good order at age 60.0 s: recycled, or a timer that what they receive "
                + "does not restart"
        )
        #expect(!judgement.findings.contains { $0.id == "streams-ended" }, "it is told once")
        #expect(judgement.passed)
    }

    /// Records of older versions tell the ages alone.
    @Test func olderRecordsNameTheAgeToo() throws {
        var record = record(ages: Self.cluster, quiet: false, beats: 900)
        var old = try #require(
            JSONSerialization.jsonObject(with: JSONEncoder().encode(record.load.heartbeat)) as? [String: Any]
        )
        var ended = try #require(old["ended"] as? [String: Any])
        ended["orderly"] = nil
        old["ended"] = ended
        record.load.heartbeat = try JSONDecoder().decode(
            HeartbeatRecord.self,
            from: JSONSerialization.data(withJSONObject: old)
        )
        let finding = try #require(record.findings("streams-ended").first)
        #expect(
            finding.title == "streams end at age 60.0 s although heartbeats came: the timer does not see them, "
                + "or a maximum age"
        )
    }

    @Test func variousAgesNameNothing() throws {
        let ages = (1...10).map(Double.init)
        #expect(
            record(ages: ages, quiet: true, beats: 0).findings("quiet-streams-ended").map(\.title)
                == ["10 streams ended by the server while quiet"]
        )
        #expect(
            record(ages: ages, quiet: false, beats: 9).findings("streams-ended").map(\.title)
                == ["10 streams ended by the server before their time"]
        )
    }

    @Test func aRestartIsNoMaximumAge() throws {
        let finding = try #require(
            record(ages: Self.cluster, quiet: false, beats: 900, apart: 0).findings("streams-ended").first
        )
        #expect(finding.title == "10 streams ended by the server before their time")
        #expect(finding.evidence.contains { $0.contains("to tell a timer from a restart") })
    }
}
