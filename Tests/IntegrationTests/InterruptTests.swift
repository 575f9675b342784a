import Foundation
import Glibc
import Testing
import Vocabulary

extension Integration {
    /// Two signals, as supervisors send them, leave the report; a third ends the process.
    @Suite struct InterruptTests {
        private static func profile(_ url: String, hold: String, settle: String) -> String {
            """
            target: { url: "\(url)/events" }
            scenarios: [{ name: held, connections: 5, hold: \(hold) }]
            probes: [{ name: state, http: "\(url)/debug/state", gauges: { clients: /clients } }]
            leak: { baseline: 100ms, settle: \(settle), calibrate: false }
            """
        }

        /// Starts a run and waits for its streams.
        private func start(
            hold: String,
            settle: String,
            in folder: TemporaryFolder,
            _ server: ReferenceCommand
        ) throws -> RunningProgram {
            let text = Self.profile("\(server.plain)", hold: hold, settle: settle)
            let profile = try folder.write(text, to: "held.yaml")
            let words = ["run", profile, "--report-dir", folder.file("report")]
            let run = try RunningProgram(try Program.hydrotest(), words, in: folder)
            try Polling.wait(for: "streams") { try server.gauge("clients") == 5 ? () : nil }
            return run
        }

        /// Waits for its end, and reads the report.
        private func report(of run: RunningProgram, in folder: TemporaryFolder) throws -> RunReport {
            #expect(try run.wait(timeout: 20 * .perSecond) == 130, "\(run.account)")
            let result = CommandResult(exitCode: 130, output: run.output, errorOutput: run.errorOutput)
            try ReportFiles(folder: folder.file("report")).check()
            return try RunReport(folder: folder.file("report"), result: result)
        }

        @Test func twoDuringTheLoadLeaveTheReport() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            let run = try start(hold: "10m", settle: "5m", in: folder, server)
            defer { run.stop() }
            run.send(SIGTERM)
            usleep(100_000)
            run.send(SIGTERM)
            let report = try report(of: run, in: folder)
            #expect(report.record.interrupted)
            #expect(report.connections.established == 5)
        }

        @Test func twoDuringTheLadderLeaveTheReport() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            let run = try start(hold: "500ms", settle: "5m", in: folder, server)
            defer { run.stop() }
            try Polling.wait(for: "the ladder") { try server.gauge("clients") == 0 ? () : nil }
            usleep(200_000)
            run.send(SIGTERM)
            usleep(100_000)
            run.send(SIGTERM)
            let report = try report(of: run, in: folder)
            #expect(report.record.interrupted)
            #expect(report.connections.established == 5)
        }

        @Test func oneDuringTheLoadStillReadsWhatItLeft() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            let run = try start(hold: "10m", settle: "1s", in: folder, server)
            defer { run.stop() }
            run.send(SIGINT)
            let report = try report(of: run, in: folder)
            #expect(report.record.interrupted)
            #expect(report.record.phases.contains { $0.name == "settle" })
        }

        /// A check tells what it had seen, and calls nothing measured that it had not.
        @Test(arguments: [SIGINT, SIGTERM]) func aCheckTellsWhatItHadSeen(signal: Int32) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            let words = ["check", "\(server.plain)/events", "--wait", "5m", "--json", "check.json"]
            let check = try RunningProgram(try Program.hydrotest(), words, in: folder)
            defer { check.stop() }
            try Polling.wait(for: "the stream") { try server.gauge("clients") > 0 ? () : nil }
            // The exchanges that are refused at once have been answered by then.
            usleep(1_000_000)
            check.send(signal)
            #expect(try check.wait(timeout: 10 * .perSecond) == 130, "\(check.account)")
            #expect(check.output.contains("\ninterrupted: "), "\(check.account)")
            let data = try Data(contentsOf: URL(fileURLWithPath: folder.file("check.json")))
            let document = try JSONDecoder().decode(CheckTests.Document.self, from: data)
            #expect(document.cases.count { $0.outcome == "passed" } > 5, "\(check.output)")
            // What needs the stream to its end.
            #expect(document.cases.contains { $0.outcome == "not measured" && $0.reason == "interrupted" })
            #expect(document.failed == [], "\(check.output)")
        }

        @Test func aTapTellsHowMuchItHadSeen() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            let tap = try RunningProgram(try Program.hydrotest(), ["tap", "\(server.plain)/events"], in: folder)
            defer { tap.stop() }
            _ = try tap.lines(containing: "connected")
            tap.send(SIGINT)
            #expect(try tap.wait(timeout: 10 * .perSecond) == 130, "\(tap.account)")
            #expect(tap.errorOutput.contains("interrupted: 1 events in "), "\(tap.account)")
        }

        @Test func aLookWritesWhatItHadSeen() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(["--heartbeat", "100ms"], in: folder)
            defer { server.program.stop() }
            let words = ["init", "\(server.plain)/events", "--for", "10m", "--output", "made.yaml"]
            let look = try RunningProgram(try Program.hydrotest(), words, in: folder)
            defer { look.stop() }
            try Polling.wait(for: "the stream") { try server.gauge("clients") == 1 ? () : nil }
            usleep(1_000_000)
            look.send(SIGTERM)
            #expect(try look.wait(timeout: 10 * .perSecond) == 130, "\(look.account)")
            let text = try String(contentsOfFile: folder.file("made.yaml"), encoding: .utf8)
            #expect(text.contains("heartbeat: comment every 1"), "\(text)")
            #expect(text.contains("a signal ended the look early"), "\(text)")
        }

        @Test func theThirdEndsTheProcessAndTheJournalStands() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            // A hook that outlives the run keeps it from its report.
            let text = Self.profile("\(server.plain)", hold: "10m", settle: "1s")
            let hook = "exec: { after: [sleep, \"20\"] }\n"
            let profile = try folder.write(text + "\n" + hook, to: "held.yaml")
            let words = ["run", profile, "--report-dir", folder.file("report")]
            let run = try RunningProgram(try Program.hydrotest(), words, in: folder)
            defer { run.stop() }
            try Polling.wait(for: "streams") { try server.gauge("clients") == 5 ? () : nil }
            for _ in 0..<3 {
                run.send(SIGTERM)
                usleep(100_000)
            }
            #expect(try run.wait(timeout: 5 * .perSecond) == 130, "\(run.account)")
            let recovered = try Command.hydrotest(["report", "recover", folder.file("report")], in: folder)
            #expect(recovered.exitCode == 0, "\(recovered.output)\(recovered.errorOutput)")
        }
    }
}
