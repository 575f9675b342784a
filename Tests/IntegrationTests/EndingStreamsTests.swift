import Testing
import Vocabulary

extension Integration {
    /// Servers that end their streams, each for a reason of its own.
    @Suite struct EndingStreamsTests {
        /// A run with a scripted server: what it says of streams that end.
        private struct Outcome {
            let result: CommandResult
            let report: RunReport

            func finding(_ id: String) -> RunReport.Finding? { report.findings.first { $0.id == id } }

            /// The findings that say why streams ended.
            var reasons: [String] {
                let all = ["streams-cut-at-age", "streams-recycled", "streams-ended-together", "quiet-streams-ended"]
                return report.findings.map(\.id).filter {
                    (all + ["streams-ended", "reconnect-incomplete"]).contains($0)
                }
            }
        }

        private func run(
            _ words: [String],
            _ environment: [String: String],
            hold: String = "5s",
            comesBack: Bool = false,
            age: Int = 2_000,
            in folder: TemporaryFolder
        ) throws -> Outcome {
            let name = words[0]
            guard let path = name.hasPrefix("/") ? name : Program.path(name) else {
                throw SupportError("there is no \(name)")
            }
            let variables = environment.merging(["AGE_MS": "\(age)"]) { first, _ in first }
            let program = try RunningProgram(path, Array(words.dropFirst()), in: folder, environment: variables)
            defer { program.stop() }
            let address = try program.lines(containing: "://")[0]
            let reconnect = comesBack ? ", reconnect: { after: 300ms }" : ""
            let profile = try folder.write(
                """
                target: { url: "\(address)/", tls: { verify: false } }
                scenarios:
                  - { name: listeners, connections: 30, arrival: { rate: 20/s }, hold: \(hold)\(reconnect) }
                leak: { baseline: 0s, settle: 200ms }
                thresholds: ["errors.rate <= 100%"]
                """,
                to: "ending.yaml"
            )
            let report = folder.file("report")
            let result = try Command.hydrotest(["run", profile, "--report-dir", report], in: folder)
            return Outcome(result: result, report: try RunReport(folder: report, result: result))
        }

        private static func js(_ kind: String, _ more: [String: String] = [:]) -> ([String], [String: String]) {
            (["node", Program.server("ending-streams.js")], more.merging(["KIND": kind]) { first, _ in first })
        }

        private static func py(_ kind: String) -> ([String], [String: String]) {
            (["python3", Program.server("ending-streams.py")], ["KIND": kind])
        }

        private func expectCut(_ outcome: Outcome) throws {
            #expect(outcome.result.exitCode == 1, "\(outcome.result.output)")
            #expect(outcome.reasons == ["streams-cut-at-age"], "\(outcome.report.findings)")
            let finding = try #require(outcome.finding("streams-cut-at-age"))
            #expect(finding.severity == "failure")
            #expect(finding.title.hasPrefix("streams are cut at age 2."), "\(finding.title)")
        }

        private func expectRecycled(_ outcome: Outcome) throws {
            #expect(outcome.result.exitCode == 0, "\(outcome.result.output)")
            #expect(outcome.reasons == ["streams-recycled"], "\(outcome.report.findings)")
            let finding = try #require(outcome.finding("streams-recycled"))
            #expect(finding.severity == "info")
            #expect(finding.title.contains("at age 2."), "\(finding.title)")
            #expect(outcome.report.errors == [:])
        }

        @Test(.needs(.node), arguments: [true, false])
        func nodeThatDestroysOldStreamsCutsThem(comesBack: Bool) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (words, environment) = Self.js("cut")
            try expectCut(run(words, environment, comesBack: comesBack, in: folder))
        }

        @Test(.needs(.node), .needs(.openssl))
        func anEncryptedStreamIsCutAsWell() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder)
            let files = ["CERT": certificate.certificateFile, "KEY": certificate.keyFile]
            let (words, environment) = Self.js("cut", files)
            try expectCut(run(words, environment, in: folder))
        }

        @Test(.needs(.python), arguments: ["cut", "reset"])
        func pythonThatLeavesItsBodyCutsIt(kind: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (words, environment) = Self.py(kind)
            try expectCut(run(words, environment, comesBack: kind == "reset", in: folder))
        }

        @Test(.needs(.go), arguments: [true, false])
        func aWriteTimeoutOfGoIsAnAbsoluteLimit(comesBack: Bool) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try Self.built(in: folder)
            try expectCut(run([server], [:], comesBack: comesBack, in: folder))
            let fixed = try run([server], ["FIXED": "1"], in: folder)
            #expect(fixed.result.exitCode == 0, "\(fixed.result.output)")
            #expect(fixed.reasons == [])
        }

        @Test(.needs(.node), arguments: [true, false])
        func nodeThatRecyclesItsStreamsIsHealthy(comesBack: Bool) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (words, environment) = Self.js("recycle")
            let outcome = try run(words, environment, comesBack: comesBack, in: folder)
            try expectRecycled(outcome)
            let discovered = try #require(outcome.finding("heartbeat-discovered"))
            #expect(discovered.title.hasPrefix("heartbeats found: comments every"), "\(discovered.title)")
        }

        /// The hold ends while clients wait: nobody is missing.
        @Test(.needs(.python)) func pythonThatRecyclesItsStreamsIsHealthy() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (words, environment) = Self.py("recycle")
            try expectRecycled(run(words, environment, hold: "2200ms", comesBack: true, in: folder))
        }

        @Test(.needs(.node)) func anInactivityTimerIsBlamedForItsOwnTime() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (words, environment) = Self.js("idle")
            let outcome = try run(words, environment, in: folder)
            #expect(outcome.result.exitCode == 1, "\(outcome.result.output)")
            #expect(outcome.reasons == ["quiet-streams-ended"], "\(outcome.report.findings)")
            let title = try #require(outcome.finding("quiet-streams-ended")?.title)
            #expect(title.hasPrefix("quiet streams end at 2.0"), "\(title)")
        }

        @Test(.needs(.node)) func aKilledWorkerIsNoTimer() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (words, environment) = Self.js("kill")
            let outcome = try run(words, environment, hold: "6s", age: 2_500, in: folder)
            #expect(outcome.reasons == ["streams-ended-together"], "\(outcome.report.findings)")
            let finding = try #require(outcome.finding("streams-ended-together"))
            #expect(finding.severity == "warning")
            #expect(finding.title.hasPrefix("30 streams of different ages were cut"), "\(finding.title)")
        }

        /// The server in Go as a program.
        private static func built(in folder: TemporaryFolder) throws -> String {
            let file = folder.file("write-timeout")
            guard let go = Program.go else { throw SupportError(Requirement.go.description) }
            let build = try RunningProgram(go, ["build", "-o", file, Program.server("write-timeout.go")], in: folder)
            defer { build.stop() }
            guard try build.wait(timeout: 120 * .perSecond) == 0 else {
                throw SupportError("go build: \(build.errorOutput)")
            }
            return file
        }
    }
}
