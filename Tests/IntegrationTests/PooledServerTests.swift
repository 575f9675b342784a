import Testing
import Vocabulary

extension Integration {
    /// Servers in Python that give each stream a thread, a slot or a session's lock, and healthy ones beside them.
    @Suite(.needs(.python)) struct PooledServerTests {
        private func run(
            _ environment: [String: String],
            connections: Int,
            more: String = ""
        ) throws -> (exitCode: Int32, report: RunReport, output: String) {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try PythonServer("pooled-server.py", environment: environment, in: folder)
            defer { server.program.stop() }
            let profile = try folder.write(
                """
                target:
                  url: "\(server.address)/events"
                  headers: { Authorization: "Bearer abcdefgh-12345", Cookie: "sid=0123456789" }
                scenarios:
                  - { name: listeners, connections: \(connections), arrival: { rate: 40/s }, hold: 5s, timeout: 2s }
                \(more)
                bystanders: [{ name: health, url: /healthz, every: 100ms }]
                leak: { baseline: 1s, settle: 500ms }
                thresholds: [errors.rate <= 100%]
                """,
                to: "pooled.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            return (result.exitCode, report, result.output)
        }

        private func evidence(_ id: String, _ report: RunReport) -> [String] {
            report.findings.filter { $0.id == id }.flatMap { [$0.title] + $0.evidence }
        }

        @Test func aUsedUpThreadPoolHarmsOthers() throws {
            let run = try run(["POOL": "4"], connections: 12)
            #expect(run.exitCode == 1, "\(run.output)")
            #expect(run.report.findings.contains { $0.id == "streams-harm-others" }, "\(run.output)")
            #expect(run.report.errors == ["TIMEOUT_HEADERS": 8])
            let words = evidence("errors", run.report).joined(separator: "\n")
            #expect(words.contains("never more than 4 streams at once: a worker a stream?"), "\(words)")
            #expect(words.contains("8 of 12 connections (66.7%), past request-sent"), "\(words)")
            #expect(run.output.contains("timeToFirstEvent: 66.7% of attempts never got there"))
        }

        @Test func aPoolThatSufficesHarmsNobody() throws {
            let run = try run(["POOL": "60"], connections: 12)
            #expect(run.exitCode == 0, "\(run.output)")
            #expect(run.report.errors == [:])
            for id in ["streams-harm-others", "bystander-unmeasured", "errors"] {
                #expect(!run.report.findings.contains { $0.id == id }, "\(run.output)")
            }
        }

        @Test func refusalsBeginAtAPositionAndShowTheirAnswerWithoutSecrets() throws {
            let run = try run(["SLOTS": "50"], connections: 60)
            #expect(run.report.errors == ["HTTP_503": 10])
            let words = evidence("errors", run.report).joined(separator: "\n")
            #expect(words.contains("refused from the 51st on"), "\(words)")
            #expect(words.contains("HTTP/1.1 503 Service Unavailable"), "\(words)")
            #expect(words.contains("all 50 slots are taken"), "\(words)")
            #expect(!words.contains("abcdefgh"), "\(words)")
            #expect(!run.report.findings.contains { $0.id == "streams-harm-others" }, "\(run.output)")
        }

        @Test func aSessionsLockIsToldByItsCookie() throws {
            let run = try run(["SESSION": "1"], connections: 3)
            let words = evidence("errors", run.report).joined(separator: "\n")
            #expect(words.contains("TIMEOUT_HEADERS for 2 of 3 that shared a cookie"), "\(words)")
            // Each session's own requests wait, others do not.
            #expect(!run.report.findings.contains { $0.id == "streams-harm-others" }, "\(run.output)")
        }

        @Test(arguments: [0, 1])
        func stallsInTheHandshakeAreWatched(patience: Int) throws {
            let stallers = """
                  - name: stallers
                    connections: 8
                    arrival: { rate: 40/s }
                    drop: { stages: [connected, request-partial], manners: [stall], wait: 4s }
                """
            let run = try run(["PATIENCE": "\(patience)"], connections: 4, more: stallers)
            let finding = run.report.findings.first { $0.id == "no-handshake-timeout" }
            #expect((finding != nil) == (patience == 0), "\(run.output)")
            #expect(run.exitCode == 0, "\(run.output)")
            guard let finding else { return }
            #expect(finding.title.hasPrefix("no handshake timeout within 4.0"), "\(finding)")
            #expect(finding.title.hasSuffix("stall at connected, request-partial"), "\(finding)")
        }
    }
}
