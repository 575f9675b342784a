import Testing
import Vocabulary

extension Integration {
    /// The bug that started it, in the language it was written in.
    @Suite(.needs(.node)) struct RacyNodeTests {
        @Test func theRaceIsFoundAndNamed() throws {
            let (result, report) = try run(isFixed: false, topics: "")
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.verdict == "fail")
            #expect(report.hasPermanentLeak(of: "clients", at: "request-sent"), "\(report.leaks)")
            // What the close handler does clear must not be accused.
            #expect(report.leaks.allSatisfy { $0.gauge == "clients" && $0.stage == "request-sent" }, "\(report.leaks)")
            #expect(report.errors == [:])
        }

        @Test func aBroadcastOnTheTopicEndsIt() throws {
            let (result, report) = try run(isFixed: false, topics: "?topics=news")
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            let classes = Dictionary(grouping: report.leaks, by: \.gauge).mapValues { Set($0.map(\.class)) }
            #expect(classes == ["clients": ["until-broadcast"], "topics": ["until-broadcast"]])
            #expect(report.leaks.allSatisfy { $0.stage == "request-sent" }, "\(report.leaks)")
        }

        @Test func theFixIsClean() throws {
            let (result, report) = try run(isFixed: true, topics: "?topics=news")
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(report.verdict == "pass")
            #expect(report.leaks.isEmpty, "\(report.leaks)")
            #expect(report.errors == [:])
            #expect(try #require(report.gauge("state", "clients")?.peak) >= 50)
            #expect(try #require(report.gauge("process", "fds")?.peak) > 50)
        }

        private func run(isFixed: Bool, topics: String) throws -> (result: CommandResult, report: RunReport) {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try RacyNodeServer(isFixed: isFixed, in: folder)
            defer { server.program.stop() }
            let profile = try folder.write(
                """
                seed: 7
                target: { url: "\(server.address)/events\(topics)" }
                scenarios:
                  - { name: listeners, connections: 50, arrival: { rate: 100/s }, hold: 2500ms }
                  - name: droppers
                    connections: 120
                    arrival: { rate: 80/s }
                    drop:
                      stages: [connected, request-partial, request-sent, headers-received, streaming]
                      manners: [fin, rst]
                      delay: 0ms..10ms
                probes:
                  - name: state
                    http: "\(server.address)/debug/state"
                    every: 100ms
                    gauges: { clients: /clients, timers: /timers, topics: /topics }
                  - { name: process, pid: \(server.program.pid), gauges: [fds, sockets] }
                leak:
                  baseline: 500ms
                  settle: 1s
                  inactivity: 1500ms
                  publish: { url: "\(server.address)/broadcast?topic=news", body: hello }
                  attributionDrops: 10
                heartbeat: { expect: 400ms, tolerance: 100%, match: comment }
                thresholds: [leaks == 0, errors.rate == 0%]
                """,
                to: "node.yaml"
            )
            return try Command.profile(profile, in: folder)
        }
    }
}
