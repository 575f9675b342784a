import Testing
import Vocabulary

extension Integration {
    /// Servers that lose a slot, or a thread, with each drop, until they serve nobody any more.
    @Suite struct UsedUpServerTests {
        private func run(
            _ command: [String],
            environment: [String: String],
            _ profile: (String) -> String,
            as words: [String] = ["run"]
        ) throws -> (result: CommandResult, report: RunReport) {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try RunningProgram(
                command[0],
                Array(command.dropFirst()),
                in: folder,
                environment: environment
            )
            defer { server.stop() }
            let file = try folder.write(profile(try server.lines(containing: "http://")[0]), to: "used-up.yaml")
            let arguments = words + [file, "--report-dir", folder.file("report")]
            let result = try Command.hydrotest(arguments, in: folder, timeout: 180 * .perSecond)
            return (result, try RunReport(folder: folder.file("report"), result: result))
        }

        private static func slots(_ address: String) -> String {
            """
            target: { url: "\(address)/events" }
            scenarios:
              - name: droppers
                connections: 120
                arrival: { rate: 40/s }
                timeout: 2s
                drop: { stages: [connected, request-sent], manners: [fin, rst], delay: 0ms..100ms }
            probes: [{ name: state, http: "\(address)/debug/state", gauges: { slots: /slots } }]
            leak: { baseline: 500ms, settle: 500ms, inactivity: 1s }
            thresholds: [leaks == 0]

            """
        }

        private static func node(_ file: String) throws -> [String] {
            [try #require(Program.path("node")), Program.server(file)]
        }

        /// What the server has left is no pool: nothing that is tried on it can leave any more.
        @Test(.needs(.node), arguments: [("node", "503"), ("silent", "no answer (TIMEOUT_HEADERS)")])
        func theRunSaysFirstThatNobodyIsServed(kind: String, word: String) throws {
            let environment = ["KIND": kind, "LIMIT": "20"]
            let (result, report) = try run(try Self.node("used-up-slots.js"), environment: environment, Self.slots)
            #expect(result.exitCode == 1, "\(result.output)")
            let first = try #require(report.findings.first)
            #expect(first.id == "stopped-serving" && first.severity == "failure", "\(result.output)")
            #expect(first.title.hasPrefix("the server stopped serving after "))
            #expect(first.title.contains(": \(word) from "), "\(first.title)")
            #expect(report.leaks.map(\.class) == ["permanent"], "\(result.output)")
            #expect(!report.findings.contains { $0.id == "retained" })
        }

        @Test(.needs(.node)) func oneThatGivesThemBackIsNotAccused() throws {
            let environment = ["LIMIT": "60", "FIX": "1"]
            let (result, report) = try run(try Self.node("used-up-slots.js"), environment: environment, Self.slots)
            #expect(result.exitCode == 0, "\(result.output)")
            #expect(report.leaks.isEmpty)
            #expect(!report.findings.contains { $0.id == "stopped-serving" })
        }

        /// All slots are taken as the load ends, and given back at the next heartbeat only.
        @Test(.needs(.node)) func oneThatNoticesLateIsNotAccused() throws {
            let environment = ["KIND": "late", "LIMIT": "10", "LOOKUP_MS": "5"]
            let (result, report) = try run(try Self.node("used-up-slots.js"), environment: environment) { address in
                """
                target: { url: "\(address)/events" }
                scenarios: [{ name: listeners, connections: 10, hold: 500ms }]
                heartbeat: { expect: 4s, tolerance: 50%, match: comment }
                leak: { baseline: 0s, settle: 100ms }
                thresholds: [errors.rate <= 100%]

                """
            }
            #expect(report.connections.established == 10)
            #expect(!report.findings.contains { $0.id == "stopped-serving" }, "\(result.output)")
        }

        /// Without a gauge, and without an error in the load, the look after it still tells.
        @Test(.needs(.python)) func oneThatIsUsedUpByTheLoadIsTold() throws {
            let command = [try #require(PythonServer.python), Program.server("pooled-server.py")]
            let (result, report) = try run(command, environment: ["SLOTS": "12"]) { address in
                """
                target: { url: "\(address)/events" }
                scenarios: [{ name: listeners, connections: 12, hold: 1s }]
                leak: { baseline: 0s, settle: 100ms }
                thresholds: [errors.count == 0]

                """
            }
            #expect(report.errors == [:] && result.exitCode == 1, "\(result.output)")
            #expect(report.findings.first?.title.hasPrefix("the server stopped serving: 503 from ") == true)
        }

        /// The window of 60 ms is found with no more than the 60 slots that there are to lose.
        @Test(.needs(.node)) func theRaceIsThriftyAndSearchesTheProfilesDelays() throws {
            let environment = ["LIMIT": "60"]
            let words = ["race", "--stage", "request-sent"]
            let server = try Self.node("used-up-slots.js")
            let (result, report) = try run(server, environment: environment, Self.slots, as: words)
            #expect(result.exitCode == 1, "\(result.output)")
            #expect(result.errorOutput.contains("delays from 0 s to 100 ms"), "\(result.errorOutput)")
            let window = try #require(report.findings.first { $0.id == "race-window" }, "\(result.output)")
            let end = window.title.firstMatch(of: /up to ([0-9.]+) ms after request-sent/).flatMap { Double($0.1) }
            #expect((45.0...75.0).contains(try #require(end, "\(window.title)")))
            #expect(report.leaks.map(\.stage) == ["request-sent"])
            #expect(report.leaks.map(\.class) == ["permanent"])
        }

        private static func threads(_ address: String) -> String {
            """
            target: { url: "\(address)/events" }
            scenarios:
              - name: droppers
                connections: 40
                arrival: { rate: 20/s }
                timeout: 2s
                drop: { stages: [streaming], manners: [fin] }
            probes: [{ name: process, port: PORT, gauges: [fds, sockets, threads] }]
            leak: { baseline: 1s, settle: 1s, inactivity: 1s, publish: { url: "\(address)/publish", body: hello } }
            thresholds: [leaks == 0]

            """
            .replacing("PORT", with: address.split(separator: ":").last ?? "")
        }

        private static func java() throws -> [String] {
            [try #require(Program.path("java")), Program.server("ParkedThreads.java")]
        }

        @Test(.needs(.java)) func parkedThreadsWaitForABroadcast() throws {
            let (result, report) = try run(try Self.java(), environment: [:], Self.threads)
            #expect(result.exitCode == 1, "\(result.output)")
            let sockets = report.leaks.filter { $0.gauge == "sockets" }
            #expect(sockets.map(\.class) == ["until-broadcast"], "\(result.output)")
            #expect(sockets.map(\.stage) == ["streaming"])
        }

        @Test(.needs(.java)) func aPoolWithoutAThreadLeftServesNobody() throws {
            let (result, report) = try run(try Self.java(), environment: ["THREADS": "25"], Self.threads)
            #expect(result.exitCode == 1, "\(result.output)")
            #expect(report.findings.first?.id == "stopped-serving", "\(result.output)")
            #expect(report.findings.first?.title.contains("TIMEOUT_HEADERS") == true)
        }

        /// Its pool of threads fills up as streams come, and stays.
        @Test(.needs(.java)) func aPoolThatFillsUpIsNotAccused() throws {
            let (result, report) = try run(try Self.java(), environment: ["FIX": "1"], Self.threads)
            #expect(result.exitCode == 0, "\(result.output)")
            #expect(report.leaks.isEmpty, "\(result.output)")
        }

        private static func queues(_ address: String) -> String {
            threads(address).replacing(
                "probes: [",
                with: "probes: [{ name: state, http: \"\(address)/debug/state\", gauges: { clients: /clients } }, "
            )
        }

        @Test(.needs(.python), arguments: [false, true]) func aQuietQueueWaitsForTwoPublishes(isFixed: Bool) throws {
            let python = try #require(PythonServer.python)
            let command = [python, Program.server("quiet-queue.py")]
            let (result, report) = try run(command, environment: ["FIX": isFixed ? "1" : ""], Self.queues)
            let clients = report.leaks.filter { $0.gauge == "clients" }
            guard !isFixed else {
                #expect(result.exitCode == 0 && report.leaks.isEmpty, "\(result.output)")
                return
            }
            #expect(result.exitCode == 1, "\(result.output)")
            #expect(clients.map(\.class) == ["until-broadcast"], "\(result.output)")
            let leak = try #require(report.findings.first { $0.id == "leak" && $0.title.hasPrefix("clients") })
            #expect(leak.evidence.contains { $0.hasPrefix("It took 2 publishes") }, "\(leak.evidence)")
            #expect(!leak.evidence.contains { $0.hasPrefix("Nothing that was tried cleaned it up") })
        }
    }
}
