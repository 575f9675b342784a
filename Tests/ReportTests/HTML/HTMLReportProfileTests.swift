import Record
import Testing

@testable import Report

@Suite struct HTMLReportProfileTests {
    private func page(_ change: (inout RunEnvironment) -> Void) -> String {
        var record = Fixture.leakyRecord()
        change(&record.environment)
        return HTMLReport(ReportDocument(record: record, judgement: Fixture.leakyJudgement)).render()
    }

    @Test func theProfileAndTheCommandStandNearTheEnd() throws {
        let whole = page { environment in
            environment.reproduce = "hydrotest run soak.yaml --set a=1 --seed 42"
            environment.profileText = "name: soak\n  two: \"<b>\"\n\n# end"
            environment.overrides = ["a=1"]
        }
        let section = try #require(whole.split(separator: "<section id=\"profile\"").last)
        #expect(section.contains("<code>hydrotest run soak.yaml --set a=1 --seed 42</code>"))
        #expect(section.contains("It was started as: hydrotest run soak.yaml --report-dir Reports"))
        #expect(section.contains("name: soak\n  two: &quot;&lt;b&gt;&quot;\n\n# end</code></pre>"))
        #expect(section.contains("<li><code>a=1</code></li>"))
        #expect(!section.contains("<section"))
        #expect(MarkupChecker(whole).problem == nil)
    }

    @Test func recordsOfOlderVersionsHaveTheirCommandOnly() {
        let old = page { _ in }
        #expect(old.contains("id=\"profile\""))
        #expect(!old.contains("<h3>The profile</h3>"))
        #expect(!page { $0.command = "" }.contains("id=\"profile\""))
    }
}
