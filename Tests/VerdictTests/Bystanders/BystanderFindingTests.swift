import Record
import RunProfile
import Testing
import Verdict
import Vocabulary

@Suite struct BystanderFindingTests {
    private func part(
        _ count: UInt64,
        _ span: Nanoseconds,
        errors: [String: UInt64] = [:],
        lag: Nanoseconds = 100_000
    ) -> BystanderRecord.Part {
        var part = BystanderRecord.Part()
        part.answered = count
        part.errors = errors
        part.sent = count + errors.values.reduce(0, +)
        part.latency.record(span, count: count)
        part.lag.record(lag, count: part.sent)
        return part
    }

    private func record(_ before: BystanderRecord.Part, _ beside: BystanderRecord.Part) -> RunRecord {
        var bystander = BystanderRecord(name: "health", url: "http://127.0.0.1/healthz")
        bystander.before = before
        bystander.beside = beside
        var record = Made.record()
        record.load.bystanders = [bystander]
        return record
    }

    @Test func requestsThatWaitForStreamsFailTheRun() throws {
        let record = record(part(10, 2 * .perMillisecond), part(50, 3 * .perSecond))
        let finding = try #require(record.findings("streams-harm-others").first)
        #expect(finding.severity == .failure)
        #expect(
            finding.title
                == "health: one answer in ten took 3.00 s or longer while streams were open, 2.00 ms without"
        )
        #expect(!record.judged().passed)
    }

    /// A machine that was busy before the streams, and not after them, hides nothing.
    @Test func theCalmerOfBothLooksCounts() throws {
        var record = record(part(10, 900 * .perMillisecond), part(50, 3 * .perSecond))
        #expect(record.findings("streams-harm-others").isEmpty)
        record.load.bystanders?[0].after = part(10, 2 * .perMillisecond)
        let finding = try #require(record.findings("streams-harm-others").first)
        #expect(finding.title.hasSuffix("2.00 ms without"))
    }

    /// What a saturated generator measures accuses nobody for sure, and is not passed over in silence.
    @Test func aSaturatedGeneratorSaysSo() throws {
        var slow = record(part(10, 2 * .perMillisecond), part(50, 500 * .perMillisecond))
        slow.generator.saturation = ["its event loop woke 80 ms late at the 99th percentile"]
        #expect(slow.findings("streams-harm-others").isEmpty)
        #expect(try #require(slow.findings("bystander-unmeasured").first).title.contains("too busy"))
        var stalled = record(part(10, 2 * .perMillisecond), part(50, 3 * .perSecond))
        stalled.generator.saturation = slow.generator.saturation
        #expect(try #require(stalled.findings("streams-harm-others").first).severity == .warning)
    }

    @Test func requestsThatFailBesideStreamsFailTheRun() throws {
        let record = record(
            part(10, 2 * .perMillisecond),
            part(30, 2 * .perMillisecond, errors: ["TIMEOUT_ANSWER": 10])
        )
        let finding = try #require(record.findings("streams-harm-others").first)
        #expect(finding.severity == .failure)
        #expect(finding.title == "health: 25.0% of the requests failed while streams were open, 0% before")
    }

    @Test func halfASecondIsAWarning() throws {
        let record = record(part(10, 2 * .perMillisecond), part(50, 500 * .perMillisecond))
        #expect(try #require(record.findings("streams-harm-others").first).severity == .warning)
        #expect(record.judged().passed)
    }

    @Test func aBusyMachineIsNoHarm() {
        #expect(record(part(10, 2 * .perMillisecond), part(50, 120 * .perMillisecond)).judged().findings == [])
        // One in twenty took long, as a collector's pause may have it.
        var beside = part(95, 2 * .perMillisecond)
        beside.merge(part(5, 4 * .perSecond))
        #expect(record(part(10, 2 * .perMillisecond), beside).judged().findings == [])
        // Slow before as well.
        #expect(record(part(10, 300 * .perMillisecond), part(50, 600 * .perMillisecond)).judged().findings == [])
    }

    @Test func thisSidesOwnLagIsNotLaidToTheServersCharge() {
        let late = part(50, 2 * .perSecond, lag: 1_990 * .perMillisecond)
        #expect(record(part(10, 2 * .perMillisecond), late).judged().findings == [])
        // This machine's want of descriptors or ports.
        let own = part(30, 2 * .perMillisecond, errors: ["EADDRNOTAVAIL": 10])
        #expect(record(part(10, 2 * .perMillisecond), own).findings("streams-harm-others") == [])
    }

    @Test func aServerThatDiedOrWasRestartedHarmsNobody() {
        var record = record(part(10, 2 * .perMillisecond), part(5, 3 * .perSecond, errors: ["ECONNREFUSED": 50]))
        record.serverDeath = ServerDeath(time: 3, probe: "process")
        #expect(record.findings("streams-harm-others") == [])
        record.serverDeath = nil
        var hook = HookRecord(place: .during, number: 1, program: "sh")
        hook.start = 1
        record.hooks = [hook]
        #expect(record.findings("streams-harm-others").first?.severity == .warning)
    }

    @Test func tooLittleIsSaidToBeTooLittle() throws {
        let few = record(part(2, 2 * .perMillisecond), part(50, 3 * .perSecond))
        let finding = try #require(few.findings("bystander-unmeasured").first)
        #expect(finding.severity == .info)
        #expect(finding.title.hasSuffix("2 requests before the load are too few to compare with"))
        #expect(few.findings("streams-harm-others") == [])
        let broken = record(part(0, 1, errors: ["HTTP_404": 10]), part(0, 1, errors: ["HTTP_404": 50]))
        #expect(broken.findings("bystander-unmeasured").count == 1)
    }

    @Test func thresholdsMeasureWhatIsBesideStreams() throws {
        let record = record(
            part(10, 2 * .perMillisecond),
            part(100, 50 * .perMillisecond, errors: ["HTTP_500": 1])
        )
        let judged = record.judged(
            Made.threshold(.bystanders(.p99), .less, 100e6),
            Made.threshold(.bystanderErrors, .equal, 0)
        )
        #expect(judged.thresholds.map(\.passed) == [true, false])
        #expect(judged.thresholds[1].value == 1)
        #expect(Made.record().judged(Made.threshold(.bystanders(.p99), .less, 1)).thresholds[0].value == nil)
    }
}
