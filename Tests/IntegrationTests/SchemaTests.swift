import Foundation
import Testing
import Vocabulary

extension Integration {
    /// The schemas, as a validator of others reads them.
    @Suite(.needs(.jsonschema)) struct SchemaTests {
        private static var bundled: [String] {
            let folder = URL(fileURLWithPath: Program.profile("smoke.yaml")).deletingLastPathComponent().path
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
        }

        @Test func everyBundledProfileIsOne() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let schema = try SchemaValidator.write("profile", in: folder)
            #expect(Self.bundled.count >= 8)
            #expect(try SchemaValidator.faults(of: Self.bundled, by: schema, in: folder) == [])
        }

        /// Each is refused by the schema, and by the reader as well.
        @Test(
            arguments: [
                "sead: 1", "seed: -1", "heartbeat: { expext: 1s }", "heartbeat: { expect: 1 }", "leak: { settle: 2 }",
                "thresholds: [connect.p98 < 1s]", "limits: { headerBytes: 1 }", "reference: { registry: perfect }",
                "probes: [{ name: a, http: \"reference/debug/state\" }]", "probes: [{ name: a }]",
                "probes: [{ name: a, port: reference, gauges: [fd] }]", "matrix: { stages: [nowhere] }",
                "race: { rate: 10 }", "scenarios: [{ name: a, connections: 5 }]", "scenarios: []",
                "scenarios: [{ name: a, connections: 5, hold: 1s, drop: { stages: all } }]",
                "scenarios: [{ name: a, connections: 5, hold: 1s, arrival: { ramp: [{ to: 5/s }] } }]",
                "target: { url: \"ftp://127.0.0.1/\" }", "target: {}", "capacity: { from: 5, to: 10 }",
            ]
        )
        func aFaultyProfileIsRefused(fault: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let sound = ["target: { url: reference }", "scenarios: [{ name: a, connections: 5, hold: 1s }]"]
            let key = fault.prefix { $0 != ":" } + ":"
            let text = (sound.filter { !$0.hasPrefix(key) } + [fault]).joined(separator: "\n")
            let profile = try folder.write(text, to: "faulty.yaml")
            let schema = try SchemaValidator.write("profile", in: folder)
            #expect(try !SchemaValidator.faults(of: [profile], by: schema, in: folder).isEmpty)
            #expect(try Command.hydrotest(["run", profile], in: folder).exitCode == 65)
        }

        @Test func whatTheReaderTakesTheSchemaTakes() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(
                """
                name: 7
                seed: "${SEED}"
                target:
                  url: "${ADDRESS}"
                  method: POST
                  headers: { X-Count: 5, Authorization: "Bearer ${TOKEN}" }
                  body: '{ "stream": true }'
                  tls: { verify: false, minVersion: 1.2, maxVersion: "1.3", resume: true }
                scenarios:
                  - name: shaped
                    connections: 2_000
                    arrival: { rate: 100/s, ramp: [{ to: 1000/s, over: 30s }], spikes: [{ at: 0, connections: 500 }] }
                    hold: 1.5s
                    sources: [127.0.1.1..127.0.1.50]
                  - { name: kept, connections: 900, arrival: { keep: 500 }, drop: { delay: 0..20ms, wait: 500us } }
                probes:
                  - { name: a, http: "http://127.0.0.1:1/", gauges: { x: "", y: { pointer: /y, unit: bytes } } }
                  - { name: b, prometheus: "http://127.0.0.1:1/", every: 1s, gauges: { x: 'e{code="500"}' } }
                  - { name: c, exec: [./gauges.sh, 8080], gauges: { x: /x } }
                  - { name: d, inspector: "127.0.0.1:9229", gauges: { x: { path: manager.clients } } }
                  - { name: e, port: 8443, children: true }
                leak: { tolerance: 0.05, byteTolerance: 4096, publish: { url: "http://127.0.0.1:1/", body: 5 } }
                heartbeat: { expect: 1s, tolerance: 0, match: "event:ping" }
                thresholds: ["errors.rate<0.1%", leaks == 0, event.p999 <= 1.5s]
                """,
                to: "sound.yaml"
            )
            let schema = try SchemaValidator.write("profile", in: folder)
            #expect(try SchemaValidator.faults(of: [profile], by: schema, in: folder) == [])
            // The reader: a host that has no server, so that the profile is all that is looked at.
            let words = ["SEED=1", "TOKEN=t", "ADDRESS=https://127.0.0.1:1/", try Program.hydrotest(), "run", profile]
            let result = try Command.run(named: "env", words, in: folder)
            #expect(!result.errorOutput.contains("sound.yaml:"))
            #expect(result.exitCode != 64)
        }

        /// One report of each kind of work.
        @Test(
            arguments: [
                ["run"], ["matrix", "--stages", "request-sent", "--cycles", "2", "--drops", "5"],
                ["race", "--stage", "request-sent", "--budget", "200", "--to", "5ms"],
            ]
        )
        func everyReportIsOne(work: [String]) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(
                """
                target: { url: reference }
                reference: { registry: racy, raceWindow: 5ms, heartbeat: 100ms }
                scenarios:
                  - { name: held, connections: 5, hold: 1s }
                  - { name: dropped, connections: 40, drop: { stages: [request-sent, streaming] } }
                  - { name: lost, connections: 2, hold: 1s, url: "http://127.0.0.1:1/" }
                leak: { baseline: 500ms, settle: 200ms, publish: { url: "reference/broadcast?topic=news" } }
                heartbeat: { expect: 100ms }
                thresholds: [leaks == 0, event.p99 < 1s]
                """,
                to: "made.yaml"
            )
            let words = [work[0], profile, "--report-dir", folder.file("report")] + work.dropFirst()
            let result = try Command.hydrotest(words, in: folder, timeout: 120 * .perSecond)
            #expect([0, 1].contains(result.exitCode))
            let schema = try SchemaValidator.write("report", in: folder)
            let report = folder.file("report/report.json.gz")
            #expect(try SchemaValidator.faults(of: [report], by: schema, in: folder) == [])
        }

        @Test func aClimbsReportIsOne() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(
                """
                target: { url: "reference/events?topics=news" }
                scenarios: [{ name: listeners, arrival: { rate: 100/s } }]
                capacity:
                  from: 10
                  by: 10
                  to: 20
                  level: 500ms
                  publish: { url: "reference/broadcast?topic=news", every: 100ms }
                leak: { baseline: 100ms, settle: 500ms }
                """,
                to: "climb.yaml"
            )
            let (_, report) = try Command.profile(profile, in: folder)
            #expect(report.connections.attempted == 20)
            let schema = try SchemaValidator.write("report", in: folder)
            let file = folder.file("report/report.json.gz")
            #expect(try SchemaValidator.faults(of: [file], by: schema, in: folder) == [])
        }
    }
}
