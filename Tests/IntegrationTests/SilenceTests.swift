import Foundation
import Glibc
import Testing
import Vocabulary

extension Integration {
    /// Streams that fall silent all at once: a server that is stopped, one that is quiet, and one that waits for a client
    /// that does not read.
    @Suite(.needs(.node)) struct SilenceTests {
        private func start(_ kind: String, in folder: TemporaryFolder) throws -> (RunningProgram, String) {
            let node = try #require(Program.path("node"))
            let words = [Program.server("ticking-server.js")]
            let program = try RunningProgram(node, words, in: folder, environment: ["KIND": kind])
            return (program, try program.lines(containing: "http://")[0])
        }

        private func profile(_ address: String, heartbeat: String = "", probe: Bool, in folder: TemporaryFolder) throws
            -> String
        {
            try folder.write(
                """
                target: { url: "\(address)/events" }
                scenarios: [{ name: listeners, connections: 60, arrival: { rate: 120/s }, hold: 8s }]
                \(probe ? "probes: [{ name: state, http: \"\(address)/state\", gauges: { streams: /streams } }]" : "")
                leak: { baseline: 0s, settle: 300ms, calibrate: false }
                \(heartbeat)
                """,
                to: "silence.yaml"
            )
        }

        /// Runs a profile, and stops the server for a while in the middle of it.
        private func stopAndGoOn(
            _ kind: String,
            heartbeat: String = "",
            probe: Bool
        ) throws -> (result: CommandResult, report: RunReport) {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (server, address) = try start(kind, in: folder)
            defer { server.stop() }
            let file = try profile(address, heartbeat: heartbeat, probe: probe, in: folder)
            let reports = folder.file("report")
            let run = try RunningProgram(try Program.hydrotest(), ["run", file, "--report-dir", reports], in: folder)
            defer { run.stop() }
            usleep(4_500_000)
            server.send(SIGSTOP)
            usleep(2_500_000)
            server.send(SIGCONT)
            let exitCode = try run.wait(timeout: 60 * .perSecond)
            let result = CommandResult(exitCode: exitCode, output: run.output, errorOutput: run.errorOutput)
            return (result, try RunReport(folder: reports, result: result))
        }

        @Test(arguments: ["heartbeat: { expect: 400ms, tolerance: 50%, match: comment }", ""], [false, true])
        func aStoppedServerStoodStill(heartbeat: String, probe: Bool) throws {
            let (result, report) = try stopAndGoOn("beats", heartbeat: heartbeat, probe: probe)
            let finding = try #require(report.findings.first { $0.id == "server-stalled" }, "\(result.output)")
            #expect(finding.title.hasPrefix("the server stood still for 2."))
            #expect(finding.title.contains("all 60 streams"))
            #expect(!report.findings.contains { $0.id == "heartbeat-missed" || $0.id == "heartbeat-drift" })
        }

        @Test func aStoppedBroadcasterStoodStillAsItsProbeTells() throws {
            let (result, report) = try stopAndGoOn("events", probe: true)
            let finding = try #require(report.findings.first { $0.id == "server-stalled" }, "\(result.output)")
            #expect(finding.title.hasPrefix("the server stood still for 2."))
            #expect(finding.evidence.contains { $0.hasPrefix("Probe state was not answered meanwhile") })
        }

        /// Nothing to say from 3.5 s to 6 s: the probe is answered, and nobody is accused.
        @Test func aQuietServerIsNotAccused() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (server, address) = try start("pauses", in: folder)
            defer { server.stop() }
            let (result, report) = try Command.profile(try profile(address, probe: true, in: folder), in: folder)
            #expect(!report.findings.contains { $0.id == "server-stalled" }, "\(result.output)")
        }

        private func besideFrozenReaders(_ address: String, in folder: TemporaryFolder) throws -> RunReport.Finding? {
            let profile = try folder.write(
                """
                target: { url: "\(address)/quotes" }
                scenarios:
                  - { name: canaries, connections: 8, hold: 14s }
                  - { name: frozen, connections: 2, start: 3s, hold: 7s, read: stop, receiveBuffer: 4096 }
                leak: { baseline: 0s, settle: 300ms, calibrate: false }
                """,
                to: "frozen.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(report.connections.established == 10, "\(result.output)")
            let finding = report.findings.first { $0.id == "slow-readers-harm-others" }
            #expect(result.exitCode == (finding == nil ? 0 : 1), "\(result.output)")
            return finding
        }

        @Test(.needs(.go), arguments: [false, true])
        func aHubThatWaitsForAFrozenReaderHarmsOthers(isFixed: Bool) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let go = try #require(Program.go)
            // Kept for the next build: the first one compiles the standard library.
            let kept = FileManager.default.temporaryDirectory.appendingPathComponent("hydrotest-go-cache").path
            let cache = ["GOCACHE": kept, "GOPATH": folder.file("path"), "HOME": folder.path]
            let words = ["build", "-o", folder.file("hub"), Program.server("blocking-hub.go")]
            let build = try RunningProgram(go, words, in: folder, environment: cache)
            defer { build.stop() }
            try #require(try build.wait(timeout: 300 * .perSecond) == 0, "\(build.account)")
            let environment = ["FIX": isFixed ? "1" : ""]
            let server = try RunningProgram(folder.file("hub"), [], in: folder, environment: environment)
            defer { server.stop() }
            let finding = try besideFrozenReaders(try server.lines(containing: "http://")[0], in: folder)
            check(finding, isFixed: isFixed)
        }

        @Test(arguments: [false, true])
        func aLockThatAFrozenReaderKeepsHarmsOthers(isFixed: Bool) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let python = try #require(PythonServer.python)
            let words = [Program.server("locked-writer.py")]
            let environment = ["FIX": isFixed ? "1" : ""]
            let server = try RunningProgram(python, words, in: folder, environment: environment)
            defer { server.stop() }
            let finding = try besideFrozenReaders(try server.lines(containing: "http://")[0], in: folder)
            check(finding, isFixed: isFixed)
        }

        private func check(_ finding: RunReport.Finding?, isFixed: Bool) {
            if isFixed {
                #expect(finding == nil)
            } else {
                #expect(finding?.title.hasPrefix("all 8 streams fell silent from ") == true)
                #expect(finding?.title.hasSuffix(", until a slow reader left") == true)
            }
        }
    }
}
