import Foundation
import Testing
import Vocabulary

extension Integration {
    /// Servers that die, or hang, by a timer some time after the client left.
    @Suite struct LateDeathTests {
        /// A server in a language, and how it goes.
        struct Dress: Sendable, CustomStringConvertible {
            let file: String
            let death: String
            let delay: Int
            let finding: String

            var description: String { "\(file) \(death) \(delay)" }

            func program() throws -> String {
                let path = file.hasSuffix(".py") ? PythonServer.python : Program.path("node")
                return try #require(path)
            }

            func environment(dies: Bool, port: UInt16) -> [String: String] {
                ["DEATH": dies ? death : "", "DELAY_MS": "\(delay)", "PORT": "\(port)"]
            }
        }

        private static let dresses = [
            Dress(file: "late-death.js", death: "throw", delay: 900, finding: "server-died"),
            Dress(file: "late-death.py", death: "exit", delay: 1_500, finding: "server-died"),
            Dress(file: "late-death.js", death: "hang", delay: 700, finding: "server-hangs"),
        ]

        private static let steps = "hydrotest case 1\na: open\na: drop rst\n"

        private func start(_ dress: Dress, dies: Bool, port: UInt16 = 0, in folder: TemporaryFolder) throws
            -> (program: RunningProgram, address: String)
        {
            let program = try RunningProgram(
                try dress.program(),
                [Program.server(dress.file)],
                in: folder,
                environment: dress.environment(dies: dies, port: port)
            )
            return (program, try program.lines(containing: "http://")[0])
        }

        private static func profile(_ address: String, restart: String = "") -> String {
            """
            actions:
              connect: { url: "\(address)/events" }
              health: { url: "\(address)/healthz" }
            \(restart)

            """
        }

        @Test(.needs(.node), .needs(.python), arguments: dresses)
        func aReplayOfTwoStepsSaysSo(dress: Dress) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (server, address) = try start(dress, dies: true, in: folder)
            defer { server.stop() }
            let profile = try folder.write(Self.profile(address), to: "mine.yaml")
            let file = try folder.write(Self.steps, to: "hand.case")
            let words = ["replay", file, "--target", "\(address)/events", "--profile", profile]
            let result = try Command.hydrotest(words, in: folder, timeout: 120 * .perSecond)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(result.output.contains("\(dress.finding): "), "\(result.output)")
            if dress.finding == "server-died" { #expect(result.output.contains("after the last step")) }
        }

        @Test(.needs(.node), .needs(.python), arguments: dresses.prefix(2))
        func itsHealthyTwinIsNotAccused(dress: Dress) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (server, address) = try start(dress, dies: false, in: folder)
            defer { server.stop() }
            let profile = try folder.write(Self.profile(address), to: "mine.yaml")
            let file = try folder.write(Self.steps, to: "hand.case")
            let words = ["replay", file, "--target", "\(address)/events", "--profile", profile]
            let result = try Command.hydrotest(words, in: folder, timeout: 120 * .perSecond)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            let fuzz = ["fuzz", "\(address)/events", "--profile", profile, "--cases", "512", "--report-dir", "found"]
            let clean = try Command.hydrotest(fuzz, in: folder, timeout: 120 * .perSecond)
            #expect(clean.exitCode == 0, "\(clean.output)\(clean.errorOutput)")
        }

        @Test(.needs(.node), .needs(.python), arguments: dresses)
        func withoutARestartTheCasesInFlightAreWritten(dress: Dress) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (server, address) = try start(dress, dies: true, in: folder)
            defer { server.stop() }
            let profile = try folder.write(Self.profile(address), to: "mine.yaml")
            let words = ["fuzz", "\(address)/events", "--profile", profile, "--time", "20s", "--report-dir", "found"]
            let result = try Command.hydrotest(words, in: folder, timeout: 240 * .perSecond)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(result.output.contains("FAILURE \(dress.finding)"), "\(result.output)")
            let cases = try FileManager.default.contentsOfDirectory(atPath: folder.file("found/\(dress.finding)"))
            #expect(!cases.isEmpty)
        }

        @Test(.needs(.node), .needs(.python), arguments: dresses.prefix(2))
        func withARestartTheCaseIsFound(dress: Dress) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let port = try FreePort.take(1)[0]
            let (server, address) = try start(dress, dies: true, port: port, in: folder)
            defer { server.stop() }
            let variables = dress.environment(dies: true, port: port).map { "\"\($0.key)=\($0.value)\"" }
            let command = ["env"] + variables + [try dress.program(), Program.server(dress.file)]
            let restart = "exec: { restart: [\(command.joined(separator: ", "))] }"
            let profile = try folder.write(Self.profile(address, restart: restart), to: "mine.yaml")
            let words = ["fuzz", "\(address)/events", "--profile", profile, "--findings", "1", "--time", "2m"]
            let arguments = words + ["--report-dir", "found"]
            let result = try Command.hydrotest(arguments, in: folder, timeout: 300 * .perSecond)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(result.output.contains("FAILURE server-died"), "\(result.output)")
            #expect(result.output.contains("hydrotest replay found/server-died.case"), "\(result.output)")
        }
    }
}
