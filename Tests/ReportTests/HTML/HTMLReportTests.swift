import Record
import Testing
import Verdict
import Vocabulary

@testable import Report

@Suite struct HTMLReportTests {
    static let hostile = "<script>alert('\"&')</script>\n\u{1B}[31m"

    private func hostileDocument() -> ReportDocument {
        var record = Fixture.leakyRecord()
        record.profile = Self.hostile
        record.environment.target = Self.hostile
        record.environment.command = Self.hostile
        record.environment.system = Self.hostile
        record.environment.version = Self.hostile
        record.load.errors = [Self.hostile: 3]
        record.gauges[0].probe = Self.hostile
        record.gauges[0].gauge = Self.hostile
        record.gauges[0].gaps = [Self.hostile: 1]
        record.publish = PublishRecord(status: nil, error: Self.hostile)
        record.heartbeatExpected?.match = Self.hostile
        record.generator.saturation = [Self.hostile]
        var series = Series(unit: Self.hostile)
        series.append(0, 1)
        series.append(1, 2)
        record.series = [Self.hostile: series, "\(Self.hostile).\(Self.hostile)": series]
        var leak = Fixture.leak(Self.hostile, nil, nil, .permanent, leaked: 3)
        leak.probe = Self.hostile
        let finding = Finding(id: Self.hostile, severity: .failure, title: Self.hostile, evidence: [Self.hostile])
        let threshold = ThresholdResult(expression: Self.hostile, value: 1, passed: false)
        return ReportDocument(
            record: record,
            judgement: Judgement(leaks: [leak], findings: [finding], thresholds: [threshold])
        )
    }

    @Test func pagesAreWellFormed() {
        for document in [Fixture.leaky(), Fixture.empty(), hostileDocument()] {
            #expect(MarkupChecker(HTMLReport(document).render()).problem == nil)
        }
    }

    @Test func theCheckerFindsWhatIsWrong() {
        #expect(MarkupChecker("<p><b></p></b>").problem != nil)
        #expect(MarkupChecker("<p>").problem != nil)
        #expect(MarkupChecker("<p class=\"x>y</p>").problem != nil)
    }

    @Test func hostileNamesStayText() {
        let page = HTMLReport(hostileDocument()).render()
        #expect(page.split(separator: "<script").count == 2)
        #expect(!page.contains("alert('"))
        #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(page.split(separator: "&lt;script&gt;").count > 15)
    }

    @Test func onlyTheOwnScriptRunsAndNothingIsLoaded() {
        let page = HTMLReport(Fixture.leaky()).render()
        #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-"))
        #expect(page.contains("<script>\(PageScript.text)</script>"))
        for tag in MarkupChecker(page).tags {
            #expect(!tag.hasPrefix("script ") && !tag.contains(" style="))
            #expect(!tag.hasPrefix("link") && !tag.hasPrefix("img"))
            #expect(!tag.contains(" src=") && !tag.contains(" on") && !tag.contains("url("))
            if tag.contains("href=") { #expect(tag.contains("href=\"#")) }
        }
        #expect(!Style.sheet.contains("url(") && !Style.sheet.contains("@import"))
    }

    @Test func idsAreUniqueAndLinksLead() throws {
        let tags = MarkupChecker(HTMLReport(Fixture.leaky()).render()).tags
        func values(_ name: String) -> [String] {
            tags.compactMap { tag in
                tag.split(separator: " \(name)=\"").dropFirst().first.map { String($0.prefix { $0 != "\"" }) }
            }
        }
        let ids = values("id")
        #expect(Set(ids).count == ids.count)
        let wanted = values("aria-labelledby").flatMap { $0.split(separator: " ").map(String.init) }
        #expect(wanted.count > 10)
        #expect(Set(wanted + values("href").map { String($0.dropFirst()) }).isSubset(of: ids))
    }

    @Test func verdictAndFactsComeFirst() throws {
        let page = HTMLReport(Fixture.leaky()).render()
        let order = [
            "class=\"banner fail\"", ">Leaks</h2>", ">Streams and errors</h2>", ">Heartbeats</h2>", "id=\"findings\"",
            "id=\"thresholds\"", "id=\"leaks\"", "id=\"time\"", "id=\"gauges\"", "id=\"drops\"", "id=\"heartbeats\"",
            "id=\"latency\"", "id=\"counts\"", "id=\"environment\"", "id=\"profile\"",
        ]
        var rest = page[...]
        for part in order {
            let range = try #require(rest.firstRange(of: part), "\(part) is missing or too early")
            rest = rest[range.upperBound...]
        }
        #expect(rest.contains("hydrotest run soak.yaml --report-dir Reports"))
    }

    @Test func trialsThatLeftNothingAreOnlyCounted() {
        let page = HTMLReport(Fixture.leaky()).render()
        #expect(page.contains("13 of 14 trials left nothing."))
        #expect(page.contains("The publish was answered with the status 204."))
    }

    @Test func emptyPlotsAreASentence() {
        let page = HTMLReport(Fixture.empty()).render()
        #expect(!page.contains("class=\"plot\""))
        #expect(page.contains("There is nothing to plot."))
        #expect(page.contains("None was measured."))
    }

    @Test func bigRecordsStaySmallPages() {
        var record = Fixture.leakyRecord()
        var noise = Noise()
        record.gauges = (0..<12).map { GaugeRecord(probe: "state", gauge: "gauge\($0)", unit: .count) }
        for gauge in record.gauges {
            var series = Series(unit: "count")
            for second in 0..<3_600 { series.append(Double(second), noise.next() * 1e9) }
            record.series[gauge.seriesName] = series
        }
        let page = HTMLReport(ReportDocument(record: record, judgement: Fixture.leakyJudgement)).render()
        #expect(page.utf8.count < 1_048_576)
        // The gauges', six other series', the heartbeats' and the latencies'.
        #expect(page.split(separator: "class=\"plot\"").count - 1 == 12 + 6 + 2)
    }

    @Test func evenAbsurdRecordsStaySmallPages() {
        var record = Fixture.leakyRecord()
        let long = String(repeating: "x<", count: 5_000)
        record.gauges = (0..<300).map { GaugeRecord(probe: long, gauge: "\($0)", unit: .count) }
        for index in 0..<300 {
            var series = Series(unit: "1/s")
            for second in 0..<600 { series.append(Double(second), Double(second * index % 1_009)) }
            record.series["series \(index)"] = series
            record.load.errors["\(index) \(long)"] = 1
        }
        let finding = Finding(id: "x", severity: .info, title: long, evidence: [String](repeating: long, count: 100))
        let judgement = Judgement(leaks: [], findings: [Finding](repeating: finding, count: 1_000), thresholds: [])
        let page = HTMLReport(ReportDocument(record: record, judgement: judgement)).render()
        #expect(page.utf8.count < 2 * 1_048_576)
        #expect(page.contains("and 950 more, in the JSON report"))
        #expect(page.contains("and 100 more</p>"))
    }
}
