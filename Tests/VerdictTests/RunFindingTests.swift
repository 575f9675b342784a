import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct RunFindingTests {
    @Test func aRunInGoodOrderHasNoFinding() {
        var record = Made.record()
        record.publish = PublishRecord(status: 204, error: nil)
        record.load.errors = ["ECONNRESET": 0]
        #expect(record.judged() == Judgement(leaks: [], findings: [], thresholds: []))
        #expect(record.judged().passed)
    }

    @Test func nothingEstablishedIsAFailureUnlessDropsWereMeant() throws {
        var record = Made.record()
        record.load.connections.established = 0
        record.load.stages = [.connecting: 1_000, .connected: 10, .streaming: 0]
        record.load.errors = ["ECONNREFUSED": 990]
        let finding = try #require(record.findings("nothing-established").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "no stream was established in 1,000 connections")
        #expect(finding.evidence == ["The furthest stage that any reached was connected.", "ECONNREFUSED: 990"])

        var dropped = record
        dropped.load.connections.dropped = 1
        #expect(dropped.findings("nothing-established").isEmpty)
        record.load.connections.attempted = 0
        #expect(record.findings("nothing-established").isEmpty)
    }

    @Test func aRunInWhichMostConnectionsFailedFailsUnlessAThresholdJudgesIt() throws {
        var record = Made.record()
        record.load.connections.attempted = 1_000
        record.load.connections.failed = 499
        record.load.errors = ["BAD_CHUNK_SIZE": 499]
        #expect(record.findings("most-connections-failed").isEmpty)
        record.load.connections.failed = 500
        let finding = try #require(record.findings("most-connections-failed").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "500 of 1,000 connections failed")
        let judged = record.judged(Made.threshold(.errorRate, .lessOrEqual, 1))
        #expect(!judged.findings.contains { $0.id == "most-connections-failed" })
    }

    @Test func streamsThatTheServerEndedAreAWarning() throws {
        var record = Made.record()
        record.load.connections.ended = 7
        let finding = try #require(record.findings("streams-ended").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "7 streams ended by the server before their time")
        record.load.heartbeat.disconnectedWhileQuiet = 7
        #expect(record.findings("streams-ended").isEmpty)
        #expect(record.findings("quiet-streams-ended").count == 1)
    }

    @Test func aSaturatedGeneratorNamesReasonsAndThresholds() throws {
        var record = Made.record()
        record.generator.saturation = ["loop lag p99 120 ms"]
        let judgement = record.judged(
            Made.threshold(.latency(.connect, .p99), .less, 1),
            Made.threshold(.errorRate, .less, 1)
        )
        let finding = try #require(judgement.findings.first)
        #expect(finding.id == "generator-saturated")
        #expect(finding.severity == .warning)
        #expect(
            finding.evidence
                == ["loop lag p99 120 ms", "This threshold rests on such figures: connect.p99 < 1.0"]
        )
    }

    @Test func errorsAreListedTheBiggestFirst() throws {
        var record = Made.record()
        record.load.connections.failed = 12
        record.load.errors = ["ECONNRESET": 4, "HTTP_503": 7, "EMFILE": 1, "LIMIT_EVENT_BYTES": 50]
        let finding = try #require(record.findings("errors").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "12 errors, most of them HTTP_503")
        #expect(
            finding.evidence
                == ["HTTP_503: 7", "ECONNRESET: 4", "EMFILE: 1", "Failed: 12 of 1,000 connections."]
        )
    }

    @Test func errorNamesAreBounded() throws {
        var record = Made.record()
        for index in 0..<100 { record.load.errors["HTTP_\(400 + index)"] = UInt64(index + 1) }
        let finding = try #require(record.findings("errors").first)
        #expect(finding.evidence.count == VerdictLimits.errorNames + 2)
        #expect(finding.evidence.contains("88 more names left out."))
    }

    @Test func limitsAreAFindingOfTheirOwn() throws {
        var record = Made.record()
        record.load.errors = ["LIMIT_HEADER_BYTES": 3]
        let finding = try #require(record.findings("limit-hit").first)
        #expect(finding.severity == .warning)
        #expect(finding.title == "LIMIT_HEADER_BYTES hit")
        #expect(finding.evidence.first == "LIMIT_HEADER_BYTES: 3")
        #expect(record.findings("errors").isEmpty)
        record.load.errors = ["LIMIT_HEADER_BYTES": 3, "LIMIT_EVENT_BYTES": 9]
        #expect(record.findings("limit-hit").map(\.title) == ["LIMIT_EVENT_BYTES and 1 other limit hit"])
    }

    @Test(arguments: [
        (PublishRecord(status: nil, error: "ECONNREFUSED"), "the publish failed: ECONNREFUSED"),
        (PublishRecord(status: 404, error: nil), "the publish failed: the answer's status was 404"),
        (PublishRecord(status: nil, error: nil), "the publish failed: no answer came"),
    ])
    func aPublishThatBroughtNothingIsAWarning(publish: PublishRecord, title: String) {
        var record = Made.record()
        record.publish = publish
        #expect(record.findings("publish-failed").map(\.title) == [title])
        #expect(record.findings("publish-failed").map(\.severity) == [.warning])
    }

    @Test func anInterruptedRunIsAWarning() {
        var record = Made.record()
        record.interrupted = true
        #expect(record.judged().findings.map(\.id) == ["interrupted"])
        #expect(record.judged().passed)
    }

    @Test func lateArrivalsAreToldWithoutWeight() {
        var record = Made.record()
        record.load.lateArrivals = 1
        #expect(record.findings("late-arrivals").map(\.title) == ["1 connection started late"])
        #expect(record.findings("late-arrivals").map(\.severity) == [.info])
    }
}
