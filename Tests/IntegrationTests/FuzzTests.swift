import Foundation
import Glibc
import Testing
import Vocabulary

extension Integration {
    /// What `hydrotest fuzz` finds in the bundled server, and how a replay repeats it.
    @Suite struct FuzzTests {
        /// Fuzzes until something is found, and reads the document.
        private func fuzz(
            _ arguments: [String],
            in folder: TemporaryFolder
        ) throws -> (result: CommandResult, document: FuzzResults) {
            let json = folder.file("fuzz.json")
            let words = ["fuzz", "reference", "--json", json, "--report-dir", folder.file("found")]
            let result = try Command.hydrotest(words + arguments, in: folder, timeout: 240 * .perSecond)
            let data = try Data(contentsOf: URL(fileURLWithPath: json))
            return (result, try JSONDecoder().decode(FuzzResults.self, from: data))
        }

        @Test(
            arguments: [
                ("crash-on-reset", "server-died"), ("id-injection", "forged-field"), ("split-utf8", "broken-utf8"),
                ("cross-session-replay", "foreign-event"), ("late-crash", "server-died"),
            ]
        )
        func aKnownFaultIsFoundMadeSmallAndRepeated(fault: String, finding: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let limits = ["--findings", "1", "--time", "2m"]
            let (result, document) = try fuzz(["--fault", fault] + limits, in: folder)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            let found = try #require(document.findings.first { $0.finding.id == finding })
            #expect((1...5).contains(found.steps.count))
            let file = try #require(found.file)
            let again = try Command.hydrotest(["replay", file, "--fault", fault], in: folder)
            #expect(again.exitCode == 1, "\(again.output)\(again.errorOutput)")
            #expect(again.output.contains("still fails"))
            let mended = try Command.hydrotest(["replay", file], in: folder)
            #expect(mended.exitCode == 0, "\(mended.output)\(mended.errorOutput)")
            #expect(mended.output.contains("fails no longer"))
        }

        @Test func aCleanServerIsNotAccused() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let sarif = folder.file("fuzz.sarif")
            let corpus = folder.file("corpus")
            let (result, document) = try fuzz(
                ["--cases", "768", "--corpus", corpus, "--sarif", sarif, "--seed", "5"],
                in: folder
            )
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(document.findings.isEmpty)
            #expect(document.cases.values.reduce(0, +) >= 700)
            #expect(try !FileManager.default.contentsOfDirectory(atPath: corpus).isEmpty)
            #expect(try Data(contentsOf: URL(fileURLWithPath: sarif)).isEmpty == false)
        }

        @Test func aServerThatIsDownIs69() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let port = try FreePort.take(1)[0]
            let result = try Command.hydrotest(["fuzz", "http://127.0.0.1:\(port)/events"], in: folder)
            #expect(result.exitCode == 69)
            #expect(result.errorOutput.contains("is the server up?"))
            #expect(result.output == "")
        }

        @Test func aBrokenReplayFileIs65AndNamesItsLine() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let file = try folder.write("hydrotest case 1\n\na: open topics=news\na: droop rst\n", to: "bad.case")
            let result = try Command.hydrotest(["replay", file], in: folder)
            #expect(result.exitCode == 65)
            #expect(result.errorOutput.contains("bad.case:4: "))
            #expect(result.errorOutput.contains("did you mean \"drop\"?"))
        }

        @Test func aHostThatIsNotAuthorisedIsRefused() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let result = try Command.hydrotest(["fuzz", "http://192.0.2.1/events"], in: folder)
            #expect(result.exitCode == 65)
            #expect(result.errorOutput.contains("--authorize 192.0.2.1"))
        }

        @Test(
            arguments: [
                ["fuzz"], ["fuzz", "reference", "--only", "magic"], ["fuzz", "reference", "--cases", "0"],
                ["fuzz", "reference", "--concurrency", "0"], ["fuzz", "reference", "--json", "/nonexistent/fuzz.json"],
                ["fuzz", "reference", "--fault", "timer-lek"], ["replay"],
            ]
        )
        func badUsageIs64(arguments: [String]) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let result = try Command.hydrotest(arguments, in: folder)
            #expect(result.exitCode == 64)
            #expect(!result.errorOutput.isEmpty)
            #expect(result.output == "")
        }

        @Test func aServerOfOnesOwnIsDescribedByAProfileAndStartedAgain() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let port = try FreePort.take(1)[0]
            let command = try Program.hydrotest()
            let serve = [command, "serve", "--port", "\(port)", "--fault", "crash-on-reset"]
            let first = try RunningProgram(command, Array(serve.dropFirst()), in: folder, environment: Self.quiet)
            defer { first.stop() }
            _ = try first.lines(containing: "://")
            let words = serve.map { "\"\($0)\"" }.joined(separator: ", ")
            let profile = try folder.write(
                """
                actions:
                  connect: { url: "http://127.0.0.1:\(port)/events?topics={topics}" }
                  publish: { url: "http://127.0.0.1:\(port)/broadcast?topic={topic}", body: "{data}" }
                  health: { url: "http://127.0.0.1:\(port)/healthz" }
                probes:
                  - { name: state, http: "http://127.0.0.1:\(port)/debug/state", gauges: { clients: /clients } }
                exec: { restart: [\(words)] }
                """,
                to: "mine.yaml"
            )
            let url = "http://127.0.0.1:\(port)/events"
            let arguments = [
                "fuzz", url, "--profile", profile, "--findings", "1", "--time", "2m", "--report-dir", "found",
            ]
            let result = try Command.hydrotest(arguments, in: folder, timeout: 240 * .perSecond)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(result.output.contains("FAILURE server-died"))
        }

        /// A server that dies on purpose need not say where.
        private static let quiet = ["SWIFT_BACKTRACE": "enable=no"]
    }
}
