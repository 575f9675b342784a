import Glibc
import Testing
import Vocabulary

extension Integration {
    /// Gauges of servers that we did not write for the tool: what is honest, blind, late, a pool, a counter, a part.
    ///
    /// All runs of a test go on at once, as they mostly wait.
    @Suite(.needs(.node), .needs(.python)) struct GaugeTests {
        /// A server's gauge, and what should be said of it.
        private struct Case {
            let name: String
            let environment: [String: String]
            var gauges = "{ clients: /clients }"
            var probe = ""
            let exitCode: Int32
            var leaks: Set<String> = []
            /// The findings that must be there, and those that must not.
            var findings: Set<String> = []
            var absent: Set<String> = []
            /// What the text says of leaks.
            var says = ""
            var isPython = false
        }

        private static let cases = [
            Case(
                name: "plain",
                environment: [:],
                exitCode: 0,
                absent: ["leaks-not-watched", "retained", "gauge-lags", "gauge-blind"],
                says: "none in state.clients"
            ),
            Case(
                name: "blind",
                environment: ["GAUGE": "blind"],
                exitCode: 1,
                findings: ["leaks-not-watched"],
                says: "not measured: no gauge sees streams"
            ),
            Case(name: "cached", environment: ["GAUGE": "cached"], exitCode: 0, findings: ["gauge-lags"]),
            Case(
                name: "cached-leak",
                environment: ["GAUGE": "cached", "LEAK": "rst", "CACHE_MS": "2000"],
                exitCode: 1,
                leaks: ["permanent"],
                findings: ["gauge-lags", "leak"]
            ),
            Case(
                name: "pool",
                environment: [:],
                gauges: "{ clients: /clients, pool: /pool }",
                exitCode: 0,
                findings: ["retained"],
                absent: ["leak"]
            ),
            Case(
                name: "counter",
                environment: [:],
                gauges: "{ opened: /opened }",
                exitCode: 1,
                findings: ["gauge-is-total", "leaks-not-watched"],
                absent: ["leak"]
            ),
            Case(
                name: "counter-beside",
                environment: [:],
                gauges: "{ clients: /clients, opened: /opened }",
                exitCode: 0,
                findings: ["gauge-is-total"]
            ),
            Case(name: "collected", environment: ["GAUGE": "collected"], exitCode: 0, findings: ["gauge-lags"]),
            Case(
                name: "polite",
                environment: ["GAUGE": "polite"],
                exitCode: 1,
                leaks: ["permanent"],
                findings: ["leaks-politely"]
            ),
            Case(
                name: "reset",
                environment: ["LEAK": "rst"],
                exitCode: 1,
                leaks: ["permanent"],
                absent: ["leaks-politely"]
            ),
            Case(name: "noisy", environment: ["GAUGE": "noisy"], exitCode: 0, absent: ["leak"]),
            Case(
                name: "prefork",
                environment: ["LEAK": "rst"],
                probe: ", instance: /pid",
                exitCode: 1,
                leaks: ["permanent"],
                absent: ["gauge-of-several-processes"],
                isPython: true
            ),
            Case(
                name: "prefork-unnamed",
                environment: ["LEAK": "rst", "PID": ""],
                exitCode: 1,
                findings: ["gauge-of-several-processes"],
                isPython: true
            ),
            Case(
                name: "prefork-clean",
                environment: [:],
                probe: ", instance: /pid",
                exitCode: 0,
                absent: ["gauge-of-several-processes"],
                isPython: true
            ),
        ]

        @Test func everyGaugeIsTakenForWhatItIs() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            var running: [(Case, RunningProgram, RunningProgram)] = []
            defer {
                for (_, server, run) in running {
                    run.stop()
                    server.stop()
                }
            }
            for item in Self.cases {
                let server = try Self.server(item, in: folder)
                let address = try server.lines(containing: "http://")[0]
                let profile = try folder.write(Self.profile(item, address), to: "\(item.name).yaml")
                let words = ["run", profile, "--report-dir", folder.file(item.name), "--no-progress"]
                running.append((item, server, try RunningProgram(try Program.hydrotest(), words, in: folder)))
            }
            for (item, _, run) in running {
                let exitCode = try run.wait(timeout: 180 * .perSecond)
                let result = CommandResult(exitCode: exitCode, output: run.output, errorOutput: run.errorOutput)
                let report = try RunReport(folder: folder.file(item.name), result: result)
                let found = Set(report.findings.map(\.id))
                let name = Comment(rawValue: "\(item.name): \(result.output)")
                #expect(exitCode == item.exitCode, name)
                #expect(Set(report.leaks.map(\.class)) == item.leaks || item.name == "prefork-unnamed", name)
                #expect(found.isSuperset(of: item.findings), name)
                #expect(found.isDisjoint(with: item.absent), name)
                #expect(item.says.isEmpty || result.output.contains(item.says), name)
                // Nothing that is traced is traced to a manner that leaves nothing.
                if item.name == "reset" { #expect(!result.output.contains("by fin"), name) }
            }
        }

        private static func server(_ item: Case, in folder: TemporaryFolder) throws -> RunningProgram {
            let program = item.isPython ? "python3" : "node"
            guard let path = Program.path(program) else { throw SupportError("there is no \(program)") }
            let script = Program.server(item.isPython ? "prefork-state-server.py" : "gauge-server.js")
            return try RunningProgram(path, [script], in: folder, environment: item.environment)
        }

        private static func profile(_ item: Case, _ address: String) -> String {
            """
            target: { url: "\(address)/events" }
            scenarios:
              - { name: listeners, connections: 50, arrival: { rate: 100/s }, hold: 3s }
              - name: droppers
                connections: 300
                arrival: { rate: 100/s }
                drop: { stages: [request-sent, streaming], manners: [fin, rst] }
            probes: [{ name: state, http: "\(address)/state", every: 100ms, gauges: \(item.gauges)\(item.probe) }]
            leak: { baseline: 700ms, settle: 1s, attributionDrops: 20 }
            thresholds: [leaks == 0]
            """
        }

        /// What was cut short was not measured: one line, never a green none.
        @Test func anInterruptedRunMeasuresNothing() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let item = Case(name: "interrupted", environment: [:], exitCode: 130)
            let server = try Self.server(item, in: folder)
            defer { server.stop() }
            let address = try server.lines(containing: "http://")[0]
            let profile = try folder.write(
                Self.profile(item, address).replacing("hold: 3s", with: "hold: 60s"),
                to: "interrupted.yaml"
            )
            let words = ["run", profile, "--report-dir", folder.file("report"), "--no-progress"]
            let run = try RunningProgram(try Program.hydrotest(), words, in: folder)
            defer { run.stop() }
            // Calibration is over by then, and the streams are held.
            usleep(6_000_000)
            // The first ends the load, the second the ladder.
            run.send(SIGINT)
            usleep(100_000)
            run.send(SIGINT)
            let exitCode = try run.wait(timeout: 30 * .perSecond)
            let result = CommandResult(exitCode: exitCode, output: run.output, errorOutput: run.errorOutput)
            #expect(exitCode == 130)
            let report = try RunReport(folder: folder.file("report"), result: result)
            #expect(result.output.contains("not measured: the run was cut short"), "\(result.output)")
            #expect(report.findings.filter { $0.id == "interrupted" }.count == 1)
            #expect(!report.findings.contains { $0.id == "gauge-unreadable" || $0.id == "leaks-not-watched" })
        }
    }
}
