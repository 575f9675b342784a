import Foundation
import Testing
import Vocabulary

extension Integration {
    /// nginx with nchan: a server of event streams that this project did not write.
    @Suite(.needs(.nchan), .needs(.curl), .needs(.openssl)) struct NchanTests {
        @Test func holdsAndDropsWithoutALeak() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try NginxServer(in: folder)
            defer { server.program.stop() }
            // A channel exists from its first message on, and only then tells its subscribers.
            try publish("first", to: server, in: folder)
            let profile = try folder.write(profile(server), to: "nchan.yaml")
            let (result, report) = try Command.profile(profile, in: folder)

            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(report.verdict == "pass")
            #expect(report.leaks.isEmpty)
            #expect(report.errors == [:])
            #expect(report.connections.attempted == 520)
            #expect(report.connections.failed == 0)
            #expect(report.connections.dropped == 320)
            #expect(report.heartbeat.streams == 200)
            // Each stream is held for four seconds, and a ping comes every second.
            #expect(report.heartbeat.beats >= 2 * 200)
            // Every stream that was opened is told the first message.
            #expect(report.record.load.events >= 200)
            let subscribers = try #require(report.gauge("nchan", "subscribers"))
            #expect(subscribers.baseline == 0)
            #expect(try #require(subscribers.peak) >= 200)
            #expect(try #require(report.gauge("process", "fds")?.peak) > 200)
            let plainStages: Set = [
                "connecting", "connected", "request-partial", "request-sent", "response-started", "headers-received",
                "stream-started", "first-event", "streaming",
            ]
            let tlsStages: Set = [
                "tls-hello-partial", "tls-hello-sent", "tls-hello-received", "tls-finished-withheld", "tls-established",
            ]
            #expect(Set(report.drops.map(\.stage)) == plainStages.union(tlsStages))
        }

        /// Streams come while messages are published, and are told the last ones as well.
        @Test func losesNothingThatIsPublished() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try NginxServer(in: folder)
            defer { server.program.stop() }
            let profile = try folder.write(
                """
                target: { url: "\(server.plain)/sub/news", tls: { ca: "\(server.certificateFile)" } }
                publish: { url: "\(server.plain)/pub/news", rate: 40/s }
                scenarios:
                  - { name: plain, connections: 100, arrival: { rate: 50/s }, hold: 4s }
                  - { name: tls, url: "\(server.tls)/sub/news", connections: 100, arrival: { rate: 50/s }, hold: 4s }
                leak: { baseline: 100ms, settle: 100ms }
                """,
                to: "delivery.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            let delivery = try #require(report.delivery?.first)
            #expect(delivery.accepted > 200)
            #expect(delivery.errors.isEmpty)
            #expect(delivery.received > 20_000)
            #expect(delivery.replayed > 100, "nchan tells a new stream the last messages")
            #expect(delivery.lost + delivery.duplicated + delivery.outOfOrder + delivery.stale == 0)
        }

        @Test(arguments: ["http", "https"])
        func aTapHearsWhatIsPublished(scheme: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try NginxServer(in: folder)
            defer { server.program.stop() }
            let base = scheme == "http" ? server.plain : server.tls
            let tap = try RunningProgram(
                try Program.hydrotest(),
                ["tap", "\(base)/sub/news", "--ca", server.certificateFile, "--count", "2", "--max-time", "20s"],
                in: folder
            )
            defer { tap.stop() }
            try Polling.wait(for: "the tap to subscribe: \(tap.errorOutput)") {
                let state = try curl(["--header", "Accept: text/json", "\(server.plain)/pub/news"], in: folder)
                return state.contains("\"subscribers\": 1") ? () : nil
            }
            try publish("one \"quoted\" word", to: server, in: folder)
            try publish("two\nlines", to: server, in: folder)
            #expect(try tap.wait(timeout: 20 * .perSecond) == 0)
            let events = try tap.output.split(separator: "\n").map {
                try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
            }
            #expect(events.map { $0["data"] } == ["one \"quoted\" word", "two\nlines"])
            #expect(events.allSatisfy { $0["event"] == "message" && $0["id"]?.isEmpty == false })
        }

        private func publish(_ text: String, to server: NginxServer, in folder: TemporaryFolder) throws {
            _ = try curl(["--fail", "--data-binary", text, "\(server.plain)/pub/news"], in: folder)
        }

        private func curl(_ arguments: [String], in folder: TemporaryFolder) throws -> String {
            try Command.run(named: "curl", ["--silent", "--show-error"] + arguments, in: folder).output
        }

        private func profile(_ server: NginxServer) -> String {
            // nchan's ping is an event without data, which a client does not dispatch: any byte is a beat.
            """
            target: { url: "\(server.plain)/sub/news", tls: { ca: "\(server.certificateFile)" } }
            scenarios:
              - { name: listeners, connections: 100, arrival: { rate: 200/s }, hold: 4s }
              - { name: listeners-tls, url: "\(server.tls)/sub/news", connections: 100, arrival: { rate: 200/s }, hold: 4s }
              - name: droppers
                connections: 160
                arrival: { rate: 80/s }
                drop: { stages: all, manners: [fin, rst, half-close, stall], delay: 0ms..20ms, wait: 500ms }
              - name: droppers-tls
                url: "\(server.tls)/sub/news"
                connections: 160
                arrival: { rate: 80/s }
                drop: { stages: all, manners: [fin, rst, close-notify, stall], delay: 0ms..20ms, wait: 500ms }
            probes:
              - { name: nchan, http: "\(server.plain)/pub/news", every: 200ms, gauges: { subscribers: /subscribers } }
              - { name: process, pid: \(server.program.pid), gauges: [fds, rss] }
            leak:
              baseline: 500ms
              settle: 5s
              publish: { url: "\(server.plain)/pub/news", body: "wake up" }
            heartbeat: { expect: 1s, tolerance: 100%, match: any }
            thresholds: [leaks == 0, errors.rate == 0%]
            """
        }
    }
}
