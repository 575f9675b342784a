import Testing
import Vocabulary

extension Integration {
    /// nginx with nchan keeps messages and resumes streams by Last-Event-ID: a server that this project did not write.
    @Suite(.needs(.nchan), .needs(.openssl)) struct NchanResumeTests {
        @Test func streamsThatAreDroppedAtOnceComeBackAndLoseNothing() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try NginxServer(in: folder)
            defer { server.program.stop() }
            let profile = try folder.write(
                """
                target: { url: "\(server.plain)/sub/kept", tls: { ca: "\(server.certificateFile)" } }
                scenarios:
                  - name: returners
                    connections: 40
                    hold: 9s
                    reconnect: { after: 700ms, jitter: 0ms..300ms, drop: { at: [2s, 5s], manner: rst } }
                  - name: returners-tls
                    url: "\(server.tls)/sub/kept"
                    connections: 20
                    hold: 9s
                    reconnect: { after: 700ms, jitter: 0ms..300ms, drop: { at: [2s, 5s], manner: fin } }
                publish: { url: "\(server.plain)/keep/kept", rate: 10/s, body: "${seq}" }
                probes: [{ name: process, pid: \(server.program.pid), gauges: [fds] }]
                leak: { baseline: 300ms, settle: 2s }
                thresholds: [errors.rate == 0%]
                """,
                to: "resume.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            let reconnect = try #require(report.reconnect)
            #expect(reconnect.closed == ["DROPPED": 120])
            #expect(reconnect.returned == 120)
            #expect(reconnect.drops.allSatisfy { $0.returned == $0.closed })
            let resume = try #require(reconnect.resume)
            // A client that was dropped before its first message has nothing to name.
            #expect(resume.resumed >= 60)
            #expect(resume.replayed >= 60)
            #expect(resume.missing == 0)
            #expect(resume.repeated == 0)
        }
    }
}
