import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct DeliveryFindingTests {
    private func record(
        accepted: UInt64 = 100,
        errors: [String: UInt64] = [:],
        _ change: (inout DeliveryCounts) -> Void = { _ in }
    ) -> RunRecord {
        var delivery = DeliveryRecord(publisher: "news")
        var publishing = PublishingCounts()
        publishing.accepted = accepted
        publishing.errors = errors
        delivery.publishing = publishing
        delivery.counts.streams = 20
        delivery.counts.received = 1_990
        change(&delivery.counts)
        var record = Made.record()
        record.load.deliveries = [delivery]
        return record
    }

    @Test func whatArrivesInFullHasNoFinding() {
        #expect(record().judged().findings.isEmpty)
        #expect(Made.record().judged().findings.isEmpty)
    }

    @Test func lostEventsFailTheRunWithTheirPlace() throws {
        var made = record {
            $0.lost = 10
            $0.losers = 4
            $0.lostAtStart = 7
        }
        var part = DeliveryRecord(publisher: "news")
        part.counts.streams = 12
        part.counts.lost = 10
        var load = LoadRecord()
        load.deliveries = [part]
        made.load.scenarios = [ScenarioRecord(name: "late", load: load), ScenarioRecord(name: "b", load: LoadRecord())]
        let finding = try #require(made.findings("events-lost").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "10 of 2,000 events lost, on 4 streams")
        #expect(
            finding.evidence.prefix(2) == [
                "publisher news: 10 of 2,000, 20 streams", "scenario late: 10 of 10, 12 streams",
            ]
        )
        #expect(finding.evidence[2].hasPrefix("7 of them were under way as their stream began"))
        #expect(finding.evidence[3] == "3 of them were published while their stream was open.")
    }

    @Test func whatAThresholdJudgesIsOnlyTold() throws {
        let made = record {
            $0.lost = 1
            $0.duplicated = 2
            $0.outOfOrder = 3
        }
        let judgement = made.judged(
            Made.threshold(.delivery(.lost)),
            Made.threshold(.delivery(.duplicated)),
            Made.threshold(.delivery(.outOfOrder))
        )
        for id in ["events-lost", "events-duplicated", "events-out-of-order"] {
            #expect(judgement.findings.first { $0.id == id }?.severity == .info)
        }
        #expect(!judgement.passed)
    }

    @Test func duplicatesFailAndDisorderWarns() throws {
        let made = record {
            $0.duplicated = 1
            $0.outOfOrder = 2
        }
        let twice = try #require(made.findings("events-duplicated").first)
        #expect(twice.severity == .failure)
        #expect(twice.title == "1 event came again on the same stream")
        let late = try #require(made.findings("events-out-of-order").first)
        #expect(late.severity == .warning)
        #expect(late.title == "2 events came after later ones")
    }

    @Test func whatTheServerDidNotTakeIsCountedAndNotLost() throws {
        let some = try #require(record(errors: ["HTTP_503": 5]).findings("publish-failures").first)
        #expect(some.severity == .warning)
        #expect(some.title == "5 of 105 messages not taken by the server")
        #expect(some.evidence.first == "HTTP_503: 5")
        let none = record(accepted: 0, errors: ["ECONNREFUSED": 9]) { $0.received = 0 }
        #expect(none.findings("publish-failures").first?.severity == .failure)
        #expect(none.findings("nothing-delivered").isEmpty)
    }

    @Test func nothingDeliveredIsOneFinding() throws {
        let made = record {
            $0.received = 0
            $0.lost = 2_000
        }
        let finding = try #require(made.findings("nothing-delivered").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "none of 100 published messages came on any of 20 streams")
        #expect(made.findings("events-lost").isEmpty)
    }
}
