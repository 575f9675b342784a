import Foundation
import Glibc
import Testing
import Vocabulary

extension Integration {
    /// `hydrotest report view`, with curl as the browser.
    @Suite(.needs(.curl)) struct ReportViewTests {
        @Test func servesTheReportCompressedUntilItIsInterrupted() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let report = try FinishedRun.make(in: folder).folder
            let viewer = try RunningProgram(try Program.hydrotest(), ["report", "view", report], in: folder)
            defer { viewer.stop() }
            let address = try #require(try viewer.lines(containing: "http://127.0.0.1:").first)

            let get = { (arguments: [String]) in
                try Command.run(named: "curl", ["--silent", "--show-error"] + arguments, in: folder)
            }
            let head = try get(["--head", "--header", "Accept-Encoding: gzip", address]).output.lowercased()
            #expect(head.hasPrefix("http/1.1 200 ok\r\n"))
            #expect(head.contains("\r\ncontent-encoding: gzip\r\n"))
            #expect(head.contains("\r\ncontent-security-policy: default-src 'none';"))
            let page = try String(contentsOfFile: "\(report)/report.html", encoding: .utf8)
            #expect(try get(["--compressed", address]).output == page)
            #expect(try get([address]).output == page)
            let status = { (arguments: [String]) in
                try get(["--output", "/dev/null", "--write-out", "%{http_code}"] + arguments).output
            }
            #expect(try status(["\(address)report.json"]) == "200")
            #expect(try status(["\(address)run.journal"]) == "404")
            #expect(try status(["--request", "DELETE", address]) == "405")
            #expect(try status(["--header", "Host: evil.example", address]) == "403")
            #expect(try status(["--header", "X: \(String(repeating: "x", count: 20_000))", address]) == "431")

            viewer.send(SIGINT)
            #expect(try viewer.wait(timeout: 10 * .perSecond) == 0)
        }

        @Test func aFolderWithoutAReportIs65() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let result = try Command.hydrotest(["report", "view", folder.path], in: folder)
            #expect(result.exitCode == 65)
            #expect(result.errorOutput.contains("report.html.gz"))
        }
    }
}
