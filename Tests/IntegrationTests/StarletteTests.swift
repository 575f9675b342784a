import Testing
import Vocabulary

extension Integration {
    /// sse-starlette under uvicorn: streams, completions to their end marker, and cancelled ones.
    @Suite(.needs(.sseStarlette)) struct StarletteTests {
        @Test func streamsBeatAndTellTheirTime() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try PythonServer("starlette-server.py", in: folder)
            defer { server.program.stop() }
            let profile = try folder.write(
                """
                target: { url: "\(server.address)/events" }
                scenarios:
                  - name: listeners
                    connections: 40
                    arrival: { rate: 40/s }
                    hold: 4s
                    latency: { pointer: /t, unit: ms }
                  - name: droppers
                    connections: 60
                    arrival: { rate: 30/s }
                    drop: { stages: all, manners: [fin, rst, half-close], delay: 0ms..20ms, wait: 500ms }
                probes: [{ name: state, http: "\(server.address)/state", gauges: { streams: /streams } }]
                leak: { baseline: 500ms, settle: 5s }
                heartbeat: { expect: 1s, tolerance: 200%, match: comment }
                thresholds: [leaks == 0, errors.rate == 0%, "listeners: errors.count == 0"]
                """,
                to: "streams.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(report.heartbeat.streams == 40)
            // A ping each second for four seconds.
            #expect(report.heartbeat.beats >= 2 * 40)
            #expect(try #require(report.gauge("state", "streams")?.peak) >= 40)
            let streams = try StreamReport(folder: folder.file("report"))
            let clock = try #require(streams.scenario("listeners")?.latency.serverClock)
            #expect(clock.unread == 0)
            #expect(try #require(clock.aboveFastest?.count) >= 5 * 40)
            // Both clocks are this machine's, in fact: an event's time is that of its making, a little ago.
            let offset = try #require(clock.offset)
            #expect((-2_000_000...10_000_000_000).contains(offset))
            #expect(streams.scenario("listeners")?.latency.event == nil)
        }

        @Test func completionsEndWithTheirMarkerAndCancelledOnesStop() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try PythonServer("starlette-server.py", in: folder)
            defer { server.program.stop() }
            let (result, report) = try complete(server, "/v1/chat/completions", in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(report.errors == [:])
            let streams = try StreamReport(folder: folder.file("report"))
            let callers = try #require(streams.scenario("callers"))
            #expect(callers.connections.completed == 30)
            #expect(callers.streams?.marked == 30)
            #expect(callers.streams?.unmarked == 0)
            // The server makes 40 tokens, each 20 ms at the earliest.
            #expect(callers.streams?.tokens?.max == 40)
            #expect(callers.streams?.tokens?.count == 30)
            #expect(try #require(callers.streams?.tokenRate?.max) <= 60)
            #expect(try #require(callers.streams?.timeToFirstToken?.p50) >= 15_000_000)
            let cancellers = try #require(streams.scenario("cancellers"))
            #expect(cancellers.connections.dropped == 30)
            #expect(cancellers.streams?.cancelled == 30)
            #expect(try #require(report.gauge("state", "producers")?.peak) >= 5)
            // Every row of the data was sent.
            #expect(report.gauge("state", "prompts")?.peak == 3)
        }

        @Test func workThatGoesOnWithoutItsClientIsFound() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try PythonServer("starlette-server.py", in: folder)
            defer { server.program.stop() }
            let (result, report) = try complete(server, "/runs-on", in: folder)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.leaks.map(\.gauge) == ["producers"])
            let evidence = report.findings.filter { $0.id == "leak" }.flatMap(\.evidence)
            #expect(evidence.contains { $0.hasSuffix("the work goes on after its client has gone.") })
        }

        private func complete(
            _ server: PythonServer,
            _ path: String,
            in folder: TemporaryFolder
        ) throws -> (CommandResult, RunReport) {
            _ = try folder.write("prompt\n\"a \"\"quoted\"\" one\"\n\"two\nlines\"\nthree\n", to: "prompts.csv")
            let profile = try folder.write(
                """
                target:
                  url: "\(server.address)\(path)"
                  method: POST
                  headers: { Content-Type: application/json }
                scenarios:
                  - name: callers
                    connections: 30
                    arrival: { rate: 15/s }
                    hold: 30s
                    until: "[DONE]"
                    tokens: /choices/0/delta/content
                    data: prompts.csv
                    body: '{"messages": [{"role": "user", "content": "{{prompt}}"}]}'
                  - name: cancellers
                    connections: 30
                    arrival: { rate: 15/s }
                    drop: { events: 2..20, manners: [fin, rst] }
                    tokens: /choices/0/delta/content
                    body: '{"messages": [{"role": "user", "content": "three"}]}'
                probes:
                  - name: state
                    http: "\(server.address)/state"
                    every: 100ms
                    gauges: { producers: /producers, prompts: { pointer: /prompts, unit: total } }
                leak: { baseline: 500ms, settle: 2s, attributionDrops: 0 }
                thresholds: [leaks == 0, errors.rate == 0%]
                """,
                to: "completions.yaml"
            )
            return try Command.profile(profile, in: folder)
        }
    }
}
