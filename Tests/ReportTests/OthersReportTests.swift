import Record
import Report
import Testing
import Verdict
import Vocabulary

/// Errors with their faces, bystanders and stalled connections, in every report.
@Suite struct OthersReportTests {
    private func document() -> ReportDocument {
        var record = RunRecord(profile: "others", seed: 1, started: 0)
        record.phases = [Phase(name: .load, start: 2, end: 9)]
        record.load.connections.attempted = 100
        record.load.connections.established = 72
        record.load.connections.failed = 28
        record.load.connections.peak = 72
        record.load.errors = ["HTTP_503": 28]
        record.load.latency[.timeToFirstEvent].record(9 * .perMillisecond, count: 72)
        record.load.latency[.connect].record(.perMillisecond, count: 100)
        var faces = ErrorFaces()
        for position in 72..<100 as Range<UInt64> {
            faces.note(
                "HTTP_503",
                ErrorFaces.Occurrence(
                    stage: .responseStarted,
                    age: 3 * .perMillisecond,
                    time: Double(position - 70),
                    position: position,
                    open: 20
                ),
                answer: AnswerSample(statusLine: "HTTP/1.1 503 \u{1B}[31mBusy", body: "<b>all taken</b>")
            )
        }
        faces.lastEstablished = 71
        record.load.errorFaces = faces
        var bystander = BystanderRecord(name: "<i>health", url: "http://127.0.0.1/healthz")
        bystander.before.sent = 10
        bystander.before.answered = 10
        bystander.before.latency.record(2 * .perMillisecond, count: 10)
        bystander.beside.sent = 5
        bystander.beside.errors = ["TIMEOUT_ANSWER": 5]
        record.load.bystanders = [bystander]
        var stall = StallRecord(stage: .tlsHelloPartial)
        stall.noteEnd(after: 10 * .perSecond)
        record.load.stalls = [stall]
        let threshold = ThresholdResult(expression: "bystanders.p99 < 100ms", value: 20e6, passed: true)
        return ReportDocument(
            record: record,
            judgement: Judgement(leaks: [], findings: [], thresholds: [threshold])
        )
    }

    @Test func theDocumentTellsThem() throws {
        let document = document()
        let error = try #require(document.errorFaces?.first)
        #expect(error.name == "HTTP_503")
        #expect(error.share == 0.28)
        #expect(error.stages.map(\.stage) == [.responseStarted])
        #expect(error.stages.map(\.count) == [28])
        #expect((error.first, error.last) == (4, 31))
        #expect(error.patterns == ["HTTP_503: refused from the 73rd on"])
        #expect(error.answer?.body == "<b>all taken</b>")
        #expect(document.latency[.timeToFirstEvent]?.unreached == 0.28)
        #expect(document.latency[.connect]?.unreached == nil)
        #expect(document.bystanders?.first?.beside?.failed == 5)
        #expect(document.bystanders?.first?.beside?.latency == nil)
        #expect(document.bystanders?.first?.after == nil)
        #expect(document.stalls?.first?.endedFirst == 10 * .perSecond)
        #expect(try ReportDocument(json: document.json()) == document)
    }

    @Test(arguments: [40, 80, 200])
    func theTerminalTellsThem(width: Int) {
        let text = TerminalReport(document(), width: width, color: false).render()
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("refused from the 73rd on"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
        guard width >= 80 else { return }
        #expect(text.contains("timeToFirstEvent: 28.0% of attempts never got there"))
        #expect(text.contains("HTTP_503 was answered with: HTTP/1.1 503 Busy \"<b>all taken</b>\""))
        #expect(text.contains("<i>health, beside"))
        #expect(text.contains("tls-hello-partial"))
        #expect(text.contains("(20.0 ms)"))
    }

    @Test func thePageTellsThemHarmlessly() {
        let page = HTMLReport(document()).render()
        #expect(page.contains("id=\"bystanders\""))
        #expect(page.contains("id=\"stalls\""))
        #expect(page.contains("refused from the 73rd on"))
        #expect(page.contains("28.0% of attempts never got there"))
        #expect(page.contains("&lt;b&gt;all taken&lt;/b&gt;"))
        #expect(!page.contains("<b>all taken"))
        #expect(!page.contains("<i>health"))
        #expect(MarkdownReport(document()).render().contains("28.0% of attempts never got there"))
    }

    @Test func errorsOfAnOlderRecordAreStillListed() {
        var record = RunRecord(profile: "old", seed: 1, started: 0)
        record.load.errors = ["ECONNRESET": 3]
        let document = ReportDocument(
            record: record,
            judgement: Judgement(leaks: [], findings: [], thresholds: [])
        )
        #expect(document.errorFaces == nil)
        #expect(TerminalReport(document, width: 80, color: false).render().contains("ECONNRESET"))
        #expect(HTMLReport(document).render().contains("ECONNRESET"))
    }
}
