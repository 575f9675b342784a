import EventLoop
import Glibc
import Testing
import Vocabulary

extension Integration {
    /// What the command answers to its caller.
    @Suite struct ExitCodeTests {
        @Test(
            arguments: [
                ["run"],
                ["run", "profile.yaml", "--nonsense"],
                ["run", "profile.yaml", "--workers", "0"],
                ["run", "profile.yaml", "--seed", "many"],
                ["matrix"],
                ["matrix", "profile.yaml", "--cycles", "many"],
                ["race", "profile.yaml", "--delay", "1ms"],
                ["tap"],
                ["tap", "nowhere"],
                ["tap", "http://127.0.0.1:1/", "--count", "0"],
                ["tap", "http://127.0.0.1:1/", "--header", "no colon"],
                ["serve", "--cert", "certificate.pem"],
                ["serve", "--registry", "perfect"],
                ["serve", "--fault", "timer-lek"],
                ["serve", "--fault", "racy-registry,late-close-handler"],
                ["serve", "--tokens", "0"],
                ["serve", "--token-rate", "50"],
                ["drip"],
            ]
        )
        func badUsageIs64(arguments: [String]) throws {
            let result = try hydrotest(arguments)
            #expect(result.exitCode == 64)
            #expect(!result.errorOutput.isEmpty)
            #expect(result.output == "")
        }

        @Test func helpIsNoError() throws {
            for arguments in [
                ["--help"], ["run", "--help"], ["matrix", "--help"], ["race", "--help"], ["tap", "--help"],
                ["check", "--help"], ["serve", "--help"], ["selftest", "--help"], ["--version"],
            ] {
                let result = try hydrotest(arguments)
                #expect(result.exitCode == 0)
                #expect(result.errorOutput == "")
                #expect(!result.output.isEmpty)
            }
        }

        @Test func aBadProfileIs65AndSaysWhere() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let path = try folder.write(
                """
                target: { url: reference }
                scenarios:
                  - name: held
                    connections: 5
                    hold: 1s
                heartbeat: { expext: 1s }
                thresholds: [connect.p98 < 1s]
                """,
                to: "bad.yaml"
            )
            let result = try Command.hydrotest(["run", path], in: folder)
            #expect(result.exitCode == 65)
            #expect(result.errorOutput.contains("bad.yaml:6:"))
            #expect(result.errorOutput.contains("did you mean \"expect\"?"))
            #expect(result.errorOutput.contains("bad.yaml:7:"))
            #expect(result.errorOutput.contains("did you mean \"connect.p9"))
            #expect(result.output == "")
        }

        @Test func aBadOverrideIs65() throws {
            let result = try hydrotest(["run", Program.profile("smoke.yaml"), "--set", "sead=1"])
            #expect(result.exitCode == 65)
            #expect(result.errorOutput.contains("did you mean \"seed\"?"))
        }

        @Test func aMissingProfileIs65() throws {
            let result = try hydrotest(["run", "nowhere.yaml"])
            #expect(result.exitCode == 65)
            #expect(result.errorOutput.contains("nowhere.yaml"))
        }

        @Test func aRefusingTargetIs69AndReported() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(
                Self.held(url: "http://127.0.0.1:\(try FreePort.take(1)[0])/"),
                to: "held.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 69)
            #expect(result.errorOutput.contains("ECONNREFUSED"))
            #expect(report.verdict == "fail")
            #expect(report.errors == ["ECONNREFUSED": 5])
            #expect(report.connections.failed == 5)
            try ReportFiles(folder: folder.file("report")).check()
        }

        @Test func aTapOfARefusingTargetIs69() throws {
            let result = try hydrotest(["tap", "http://127.0.0.1:\(try FreePort.take(1)[0])/"])
            #expect(result.exitCode == 69)
            #expect(result.errorOutput.contains("ECONNREFUSED"))
        }

        @Test func anInterruptIs130AndReported() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            let profile = try folder.write(Self.held(url: "\(server.plain)/events", hold: "10m"), to: "held.yaml")
            let reports = folder.file("report")
            let run = try RunningProgram(
                try Program.hydrotest(),
                ["run", profile, "--report-dir", reports],
                in: folder
            )
            defer { run.stop() }
            try Polling.wait(for: "streams") { try server.gauge("clients") == 5 ? () : nil }
            run.send(SIGINT)
            #expect(try run.wait(timeout: 20 * .perSecond) == 130)
            #expect(run.errorOutput.contains("interrupted"))
            let result = CommandResult(exitCode: 130, output: run.output, errorOutput: run.errorOutput)
            let report = try RunReport(folder: reports, result: result)
            #expect(report.record.interrupted)
            #expect(report.connections.established == 5)
            #expect(report.errors == [:])
            try ReportFiles(folder: reports).check()
            try Polling.wait(for: "the streams' end") { try server.gauge("clients") == 0 ? () : nil }
        }

        @Test func quietSaysTheVerdictOnly() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(Self.held(url: "reference"), to: "held.yaml")
            let result = try Command.hydrotest(["run", profile, "--quiet"], in: folder)
            #expect(result.exitCode == 0)
            #expect(result.output == "PASS\n")
            #expect(result.errorOutput == "")
        }

        @Test func theReportStandsInReportsByItsName() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(Self.held(url: "reference"), to: "held.yaml")
            let result = try Command.hydrotest(["run", profile], in: folder)
            #expect(result.output.contains("report: Reports/held/report.html"))
            #expect(try RunReport(folder: folder.file("Reports/held"), result: result).verdict == "pass")
        }

        @Test func aHostThatIsNotThisMachineIsRefused() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            // An address that is reserved for documents (RFC 5737): nobody is there.
            let profile = try folder.write(Self.held(url: "http://192.0.2.1/"), to: "far.yaml")
            let reports = folder.file("report")
            let result = try Command.hydrotest(["run", profile, "--report-dir", reports], in: folder)
            #expect(result.exitCode == 65)
            #expect(result.errorOutput.contains("192.0.2.1"))
            #expect(result.errorOutput.contains("--authorize"))
            #expect(result.output == "")
            #expect(access(reports, F_OK) != 0)
        }

        @Test func moreConnectionsThanFitAreRefusedWithTheNumberThatFits() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(Self.held(url: "reference", hold: "500ms"), to: "many.yaml")
            let run = { (connections: Int) in
                let words = [try Program.hydrotest(), "run", profile, "--report-dir", folder.file("report")]
                let limited = ["-c", "ulimit -n 512; exec \"$@\"", "sh"] + words
                let overrides = ["--set", "scenarios.held.connections=\(connections)"]
                return try Command.run(named: "sh", limited + overrides, in: folder)
            }
            let refused = try run(417)
            #expect(refused.exitCode == 65)
            #expect(refused.errorOutput.contains("417 connections at once"))
            #expect(refused.errorOutput.contains("416 connections fit"))
            #expect(access(folder.file("report"), F_OK) != 0)
            let fitting = try run(416)
            #expect(fitting.exitCode == 0, "\(fitting.output)\(fitting.errorOutput)")
            #expect(try RunReport(folder: folder.file("report"), result: fitting).connections.peak == 416)
        }

        private func hydrotest(_ arguments: [String]) throws -> CommandResult {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            return try Command.hydrotest(arguments, in: folder)
        }

        private static func held(url: String, hold: String = "300ms") -> String {
            """
            name: held
            target: { url: "\(url)" }
            scenarios: [{ name: held, connections: 5, hold: \(hold) }]
            leak: { baseline: 0s, settle: 1s }
            """
        }
    }
}
