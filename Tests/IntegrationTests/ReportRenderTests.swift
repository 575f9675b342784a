import Foundation
import Testing

extension Integration {
    /// `hydrotest report render`, and the files that CI reads.
    @Suite struct ReportRenderTests {
        private func render(_ arguments: [String], in folder: TemporaryFolder) throws -> CommandResult {
            try Command.hydrotest(["report", "render"] + arguments, in: folder)
        }

        @Test func everyFormIsMadeOfOneReport() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let report = try FinishedRun.make(in: folder).folder
            for (form, start) in [
                ("html", "<!doctype html>"), ("json", "{\"schema\":"), ("junit", "<?xml"),
                ("markdown", "## ✅ PASS: short"),
                ("csv", "series,unit,seconds,value"), ("hlog", "#[Histogram log format version"), ("metrics", "# TYPE"),
            ] {
                let result = try render([report, "--to", form], in: folder)
                #expect(result.exitCode == 0, "\(form): \(result.errorOutput)")
                #expect(result.output.hasPrefix(start), "\(form)")
            }
            // What is written beside the report is the same.
            for (form, name) in [("junit", "report.junit.xml"), ("markdown", "report.md"), ("html", "report.html")] {
                let written = try String(contentsOfFile: "\(report)/\(name)", encoding: .utf8)
                #expect(try render([report, "--to", form], in: folder).output == written, "\(form)")
            }
        }

        @Test func eachLatencyIsAFile() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let report = try FinishedRun.make(in: folder).folder
            let several = try render([report, "--to", "hgrm"], in: folder)
            #expect(several.exitCode == 64)
            #expect(several.errorOutput.contains("--output"))
            #expect(try render([report, "--to", "hgrm", "--output", "latencies"], in: folder).exitCode == 0)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("latencies"))
            #expect(names.contains("connect.hgrm"))
            let one = try render([report, "--to", "hgrm", "--latency", "connect"], in: folder)
            #expect(try one.output == String(contentsOfFile: folder.file("latencies/connect.hgrm"), encoding: .utf8))
            #expect(try render([report, "--to", "hgrm", "--latency", "nothing"], in: folder).exitCode == 64)
        }

        /// Prints tag, count and maximum of each interval of a log, as HdrHistogram's own reader has them.
        private static let logReader = """
            import sys
            from hdrh.log import HistogramLogReader
            from hdrh.histogram import HdrHistogram
            reader = HistogramLogReader(sys.argv[1], HdrHistogram(1, 10**14, 3))
            while (interval := reader.get_next_interval_histogram()) is not None:
                print(interval.get_tag(), interval.get_total_count(), interval.get_max_value())
            """

        @Test(.needs(.hdrHistogram)) func theLogOpensInHdrHistogramsOwnReader() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let report = try FinishedRun.make(in: folder).folder
            #expect(try render([report, "--to", "hlog", "--output", "all.hlog"], in: folder).exitCode == 0)
            let script = try folder.write(Self.logReader, to: "read.py")
            let python = try #require(PythonServer.python)
            let printed = try Command.run(named: "env", [python, script, folder.file("all.hlog")], in: folder)
            #expect(printed.exitCode == 0, "\(printed.errorOutput)")
            let intervals = printed.output.split(separator: "\n").map { $0.split(separator: " ") }
            let connect = try #require(intervals.first { $0.first == "connect" })
            #expect(connect[1] == "20")
            // The percentile file of the same latency has the same maximum, in ms.
            let text = try render([report, "--to", "hgrm", "--latency", "connect"], in: folder).output
            let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("#[Max") })
            let words = line.split { " =,".contains($0) }
            let largest = try #require(words.count > 1 ? Double(words[1]) : nil)
            let read = try #require(Double(connect[2])) / 1e6
            #expect(abs(largest - read) <= read / 500)
        }

        @Test func whatIsNoReportIs65AndSaysWhy() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let report = try FinishedRun.make(in: folder).folder
            let whole = try Data(contentsOf: URL(fileURLWithPath: "\(report)/report.json.gz"))
            try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: folder.file("cut.json.gz")))
            try folder.write("{\"schema\":\"hydrotest.report/9\",\"record\":{\"schema\":\"x\"}}", to: "newer.json")
            try folder.write("name: smoke", to: "profile.yaml")
            for (path, reason) in [
                ("cut.json.gz", "it ends in the midst"), ("newer.json", "hydrotest.report/9"),
                ("profile.yaml", "is no report"), ("nowhere", "ENOENT"), (".", "no report.json.gz"),
            ] {
                for command in [["render", path, "--to", "html"], ["compare", path, report]] {
                    let result = try Command.hydrotest(["report"] + command, in: folder)
                    #expect(result.exitCode == 65, "\(command)")
                    #expect(result.errorOutput.contains(reason), "\(result.errorOutput)")
                    #expect(result.output == "")
                }
            }
        }

        @Test(.needs(.xmllint)) func theJUnitFileIsWellFormed() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (report, result) = try FinishedRun.make(threshold: "connections.peak < 1", in: folder)
            #expect(result.exitCode == 1)
            let file = "\(report)/report.junit.xml"
            #expect(try Command.run(named: "xmllint", ["--noout", file], in: folder).exitCode == 0)
            let failing = try Command.run(
                named: "xmllint",
                ["--xpath", "string(//testcase[failure]/@name)", file],
                in: folder
            )
            #expect(failing.output == "connections.peak < 1\n")
        }

        @Test func gitHubIsToldWhatItAsksFor() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            try folder.write("before\n", to: "summary.md")
            let (report, result) = try FinishedRun.make(
                threshold: "connections.peak < 1",
                environment: ["GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY=\(folder.file("summary.md"))"],
                in: folder
            )
            #expect(result.output.contains("\n::error title=short%3A threshold::connections.peak < 1%0Ameasured: 20\n"))
            let summary = try String(contentsOfFile: folder.file("summary.md"), encoding: .utf8)
            let page = try String(contentsOfFile: "\(report)/report.md", encoding: .utf8)
            #expect(summary == "before\n" + page + "\n")
        }

        @Test func aSummaryThatCannotBeWrittenEndsNothing() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (_, result) = try FinishedRun.make(environment: ["GITHUB_STEP_SUMMARY=/nowhere/at/all"], in: folder)
            #expect(result.exitCode == 0)
            #expect(result.errorOutput.contains("GITHUB_STEP_SUMMARY"))
            #expect(!result.output.contains("::"))
        }
    }
}
