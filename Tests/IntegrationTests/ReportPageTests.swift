import Foundation
import Testing
import Vocabulary

extension Integration {
    /// The page of a report in a real browser, as readers see it.
    @Suite(.needs(.chromium), .needs(.node), .needs(.axe)) struct ReportPageTests {
        /// A run against the registry that carries the bug; it leaks at one stage.
        private static let profile = """
            name: leaky
            target: { url: reference }
            reference: { registry: racy, raceWindow: 20ms, heartbeat: 200ms }
            scenarios:
              - { name: held, connections: 20, hold: 2s }
              - name: droppers
                connections: 30
                arrival: { rate: 100/s }
                drop: { stages: [request-sent], manners: [fin], delay: 0ms..2ms }
            leak: { baseline: 300ms, settle: 300ms }
            heartbeat: { expect: 200ms, tolerance: 100%, match: comment }
            thresholds: [leaks == 0]
            """

        /// What the browser holds against pages.
        private func look(at pages: [String], in folder: TemporaryFolder) throws -> CommandResult {
            let arguments =
                [
                    Program.server("report-pages.js"), try #require(Program.path("chromium")), folder.file("browser"),
                    try #require(AxeCore.script),
                ] + pages
            return try Command.run(named: "node", arguments, in: folder, timeout: 90 * .perSecond)
        }

        @Test func readersOfEveryKindAreServed() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(Self.profile, to: "leaky.yaml")
            let secret = ["--set", "target.headers.Cookie=crumbs", "--set", "target.headers.X-Trace=${HOME}"]
            let result = try Command.hydrotest(
                ["run", profile, "--report-dir", folder.file("leaky")] + secret,
                in: folder
            )
            #expect(result.exitCode == 1, "\(result.output)\n\(result.errorOutput)")
            let page = folder.file("leaky/report.html")
            let compared = folder.file("comparison.html")
            let comparison = ["report", "compare", folder.file("leaky"), folder.file("leaky"), "--html", compared]
            #expect(try Command.hydrotest(comparison, in: folder).exitCode == 0)

            let seen = try look(at: [page, compared], in: folder)
            #expect(seen.exitCode == 0, "\(seen.output)\n\(seen.errorOutput)")
            #expect(seen.output.hasSuffix("2 pages: 0 problems\n"))
            #expect(seen.output.contains(/leaky\/report\.html: [1-9][0-9]* plots tell their values/))

            let markup = try String(contentsOfFile: page, encoding: .utf8)
            let banner = try #require(markup.components(separatedBy: "<div class=\"facts\">").first)
            for words in [
                "at request-sent (fin), permanent",
                "<b>Next:</b> Clients that leave at request-sent (fin), right after",
            ] {
                #expect(banner.contains(words), "\(words)")
            }
            // The command and the profile are whole, but for what is secret.
            #expect(markup.contains("hydrotest run \(profile) --set &#39;target.headers.Cookie=•••&#39;"))
            #expect(markup.contains("name: leaky\ntarget: { url: reference }"))
            let report = try RunReport.json(folder: folder.file("leaky"))
            #expect(!markup.contains("crumbs") && !String(decoding: report, as: UTF8.self).contains("crumbs"))
            #expect(markup.contains("target.headers.X-Trace=${HOME}"))
        }

        @Test func aBadPageIsFound() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let good = try String(
                contentsOfFile: "\(try FinishedRun.make(in: folder).folder)/report.html",
                encoding: .utf8
            )
            let bad = good.replacing(" role=\"region\" tabindex=\"0\"", with: "")
                .replacing("class=\"banner pass\"", with: "class=\"banner fail\"")
                .replacing("<h1>", with: "<img src=\"/elsewhere\"><h1 style=\"width:2000px\">")
            let seen = try look(at: [try folder.write(bad, to: "bad.html")], in: folder)
            #expect(seen.exitCode == 1)
            for words in [
                "image-alt", "px wider than the screen", "Content Security Policy",
                ".banner p + p is not on the first screen",
            ] {
                #expect(seen.output.contains(words), "\(words) is missing of: \(seen.output.prefix(4_000))")
            }
        }
    }
}
