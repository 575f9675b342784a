import Foundation
import Testing
import Vocabulary

extension Integration {
    /// `hydrotest check` against the reference server, clean and with faults.
    @Suite struct CheckTests {
        /// What a check found, as far as the tests ask.
        struct Document: Decodable {
            struct Case: Decodable {
                var number: String
                var level: String
                var outcome: String
                var actual: String?
                var reason: String?
            }

            var schema: String
            var passed: Bool
            var cases: [Case]

            /// The numbers of the cases that failed.
            var failed: Set<String> { Set(cases.filter { $0.outcome == "failed" }.map(\.number)) }
        }

        /// Checks a server.
        static func check(
            _ url: String,
            publish: String? = nil,
            _ arguments: [String] = [],
            in folder: TemporaryFolder
        ) throws -> (result: CommandResult, document: Document) {
            let file = folder.file("check-\(UUID().uuidString).json")
            let publishing = publish.map { ["--publish", $0] } ?? []
            let words = ["check", url, "--heartbeat", "1s", "--json", file] + publishing + arguments
            let result = try Command.hydrotest(words, in: folder, timeout: 120 * .perSecond)
            guard let data = FileManager.default.contents(atPath: file) else {
                throw SupportError("no results; exit code \(result.exitCode)\n\(result.output)\n\(result.errorOutput)")
            }
            return (result, try JSONDecoder().decode(Document.self, from: data))
        }

        /// Checks the reference server's topic stream.
        private func check(
            _ base: String,
            _ arguments: [String] = [],
            in folder: TemporaryFolder
        ) throws -> (result: CommandResult, document: Document) {
            try Self.check("\(base)/events?topics=news", publish: "\(base)/broadcast?topic=news", arguments, in: folder)
        }

        @Test func cleanServerPassesEveryCase() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(["--heartbeat", "500ms"], in: folder)
            defer { server.program.stop() }
            let junit = folder.file("check.xml")
            let (result, document) = try check(server.plain, ["--junit", junit], in: folder)
            #expect(result.exitCode == 0, "\(result.output)")
            #expect(document.failed == [], "\(result.output)")
            #expect(document.schema == "hydrotest.check/1")
            #expect(!document.cases.contains { $0.outcome == "not measured" }, "\(result.output)")
            #expect(document.cases.count { $0.outcome == "passed" } > 90)
            #expect(result.output.contains("\npass: "))
            let xml = try String(contentsOfFile: junit, encoding: .utf8)
            #expect(xml.contains("<testsuite ") && xml.contains("failures=\"0\""))
        }

        @Test(.needs(.openssl)) func cleanServerPassesEveryCaseOverTLS() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder)
            let server = try ReferenceCommand(["--heartbeat", "500ms"], certificate: certificate, in: folder)
            defer { server.program.stop() }
            let trust = ["--ca", certificate.certificateFile]
            let (result, document) = try check(try #require(server.tls), trust, in: folder)
            #expect(result.exitCode == 0, "\(result.output)")
            #expect(document.failed == [], "\(result.output)")
            let tls = document.cases.filter { $0.number.hasPrefix("6.") }
            #expect(tls.count == 18)
            #expect(tls.allSatisfy { $0.outcome == "passed" }, "\(result.output)")
        }

        @Test(arguments: [
            ("wrong-content-type", ["1.2"], Int32(1)),
            ("split-utf8", ["2.2", "2.22"], 1),
            ("id-injection", ["4.7", "4.8", "4.9"], 1),
            ("no-heartbeat", ["5.3"], 0),
            ("buffered", ["2.21", "5.3"], 0),
            ("retry-storm", ["2.12"], 0),
            ("lost-on-resume", ["4.12"], 0),
            ("duplicate-on-resume", ["4.13"], 0),
            ("cross-session-replay", ["4.15"], 0),
            ("crash-on-reset", ["5.9"], 1),
        ])
        func faultIsFound(_ fault: String, _ cases: [String], _ exitCode: Int32) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(["--heartbeat", "500ms", "--fault", fault], in: folder)
            defer { server.program.stop() }
            // The cases that show it, and 1.1, which none of them fails.
            let only = (cases + ["1.1"]).flatMap { ["--only", $0] }
            let (result, document) = try check(server.plain, only, in: folder)
            #expect(document.failed == Set(cases), "\(result.output)")
            #expect(result.exitCode == exitCode, "\(result.output)")
        }

        @Test func listNeedsNoServer() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let result = try Command.hydrotest(["check", "--list"], in: folder)
            #expect(result.exitCode == 0)
            #expect(result.output.contains("  1.1 The status is 200 (must)"))
            #expect(
                result.output.contains("HTML, 9.2.5: Event streams in this format must always be encoded as UTF-8.")
            )
        }

        @Test func targetThatIsDownIsUnreachable() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let port = try FreePort.take(1)[0]
            let result = try Command.hydrotest(["check", "http://127.0.0.1:\(port)/"], in: folder)
            #expect(result.exitCode == 69)
            #expect(result.errorOutput.contains("ECONNREFUSED"))
        }

        @Test(arguments: [
            ["check"],
            ["check", "nowhere"],
            ["check", "http://192.0.2.1/events"],
            ["check", "http://127.0.0.1:1/", "--publish", "http://192.0.2.1/"],
            ["check", "http://127.0.0.1:1/", "--only", "9.1"],
            ["check", "http://127.0.0.1:1/", "--only", "x"],
            ["check", "http://127.0.0.1:1/", "--severity", "may"],
            ["check", "http://127.0.0.1:1/", "--heartbeat", "0s"],
            ["check", "http://127.0.0.1:1/", "--wait", "2h"],
            ["check", "http://127.0.0.1:1/", "--header", "no colon"],
            ["check", "http://127.0.0.1:1/", "--json", "/nonexistent/check.json"],
            ["check", "https://127.0.0.1:1/", "--ca", "/nonexistent/ca.pem"],
        ])
        func badUsageIs64(_ arguments: [String]) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let result = try Command.hydrotest(arguments, in: folder)
            #expect(result.exitCode == 64, "\(result.errorOutput)")
            #expect(!result.errorOutput.isEmpty)
            #expect(result.output == "")
        }
    }
}
