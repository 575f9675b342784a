import Foundation
import Testing

extension Integration {
    /// `hydrotest report compare`.
    @Suite struct ReportCompareTests {
        @Test func aRegressionIs1AndEveryFileIsWritten() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let base = try FinishedRun.make("base", in: folder).folder
            let new = try FinishedRun.make("new", in: folder).folder
            let compare = { (arguments: [String]) in
                try Command.hydrotest(["report", "compare", base, new] + arguments, in: folder)
            }
            let plain = try compare([])
            #expect(plain.exitCode == 0, "\(plain.errorOutput)")
            #expect(plain.output.contains("connections.attempted"))

            let same = try compare(["--fail-on", "connections.attempted > +0", "--fail-on", "errors.rate > +1pp"])
            #expect(same.exitCode == 0)
            // Both runs are as long to within their noise; a bound that is below any change is passed by none.
            let failing = try compare([
                "--fail-on", "connections.attempted >= +0%", "--html", "c.html", "--markdown", "c.md", "--json",
                "c.json",
            ])
            #expect(failing.exitCode == 1)
            #expect(failing.output.hasPrefix("Regression: connections.attempted >= +0%"))
            #expect(try String(contentsOfFile: folder.file("c.html"), encoding: .utf8).hasPrefix("<!doctype html>"))
            #expect(
                try String(contentsOfFile: folder.file("c.md"), encoding: .utf8).hasPrefix("## ❌ Comparison: short")
            )
            let json = try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(fileURLWithPath: folder.file("c.json")))
            )
            #expect((json as? [String: Any])?["failed"] as? Bool == true)
        }

        @Test(arguments: ["connect.p99", "connect.p99 > 10%", "conect.p99 > +10%", "connect.p99 > +10MiB"])
        func aConditionThatIsNoneIs64(condition: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let report = try FinishedRun.make(in: folder).folder
            let result = try Command.hydrotest(
                ["report", "compare", report, report, "--fail-on", condition],
                in: folder
            )
            #expect(result.exitCode == 64)
            #expect(result.errorOutput.contains("--fail-on"))
        }
    }
}
