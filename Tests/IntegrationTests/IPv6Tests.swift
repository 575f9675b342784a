import Testing

extension Integration {
    /// Runs against a server on the IPv6 loopback address.
    @Suite struct IPv6Tests {
        @Test(.needs(.openssl), arguments: [false, true])
        func aRunReachesABracketedAddress(tls: Bool) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder)
            let server = try ReferenceCommand(["--host", "::1"], certificate: certificate, in: folder)
            defer { server.program.stop() }
            let address = try tls ? #require(server.tls) : server.plain
            #expect(address.contains("://[::1]:"))
            let profile = try folder.write(
                """
                target: { url: "\(address)/events", tls: { verify: false, resume: true } }
                scenarios:
                  - name: kept
                    connections: 20
                    arrival: { keep: 2 }
                    sources: ["::1"]
                    drop: { stages: [first-event], manners: [fin] }
                leak: { baseline: 100ms, settle: 500ms }
                """,
                to: "ipv6.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(report.connections.dropped == 20)
            #expect(report.errors.isEmpty)
        }
    }
}
