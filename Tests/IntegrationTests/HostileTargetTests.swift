import Testing
import Vocabulary

extension Integration {
    /// Targets that break their promises: the run goes on, and names what each did.
    @Suite(.needs(.node)) struct HostileTargetTests {
        /// Far below what any of the hostile servers would send.
        private static let memoryBound = 200 << 20
        private static let connections = 10

        private static let expectations = [
            "not-found": "HTTP_404",
            "html": "NOT_AN_EVENT_STREAM",
            "silent": "TIMEOUT_HEADERS",
            "endless-headers": "LIMIT_HEADER_BYTES",
            "long-line": "LIMIT_LINE_BYTES",
            "long-event": "LIMIT_EVENT_BYTES",
            "gzip-bomb": "LIMIT_COMPRESSION_RATIO",
            "bad-gzip": "BAD_GZIP",
            "bad-chunk": "BAD_CHUNK_SIZE",
            "truncated": "TRUNCATED_BODY",
            "reset": "ECONNRESET",
            "close": "ENDED_BEFORE_HEADERS",
            "early-answer": "HTTP_413",
        ]

        @Test func eachIsCountedUnderItsName() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try HostileServer(in: folder)
            defer { server.program.stop() }
            let (result, report) = try run(server.addresses, in: folder)

            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.verdict == "fail")
            let names = Dictionary(uniqueKeysWithValues: Self.expectations.values.map { ($0, Self.connections) })
            #expect(report.errors == names)
            #expect(report.connections.attempted == Self.connections * (Self.expectations.count + 1))
            #expect(report.connections.failed == Self.connections * Self.expectations.count)
            // The streams of the healthy server, held beside them, have not been disturbed.
            #expect(report.heartbeat.streams >= Self.connections)
            #expect(report.heartbeat.beats >= 3 * Self.connections)
            #expect(try #require(report.generator.peakResidentBytes) < Self.memoryBound)
        }

        @Test(arguments: expectations.keys.sorted())
        func aRunAgainstItAloneFails(hostility: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try HostileServer(in: folder)
            defer { server.program.stop() }
            let address = try #require(server.addresses[hostility])
            let profile = try folder.write(
                """
                target: { url: "\(address)" }
                scenarios: [{ name: held, connections: \(Self.connections), hold: 30s, timeout: 500ms }]
                leak: { baseline: 0s, settle: 0s }
                thresholds: [errors.rate == 0%]
                """,
                to: "alone.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            // Connections stand, so the target is no unreachable one.
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.errors == [try #require(Self.expectations[hostility]): Self.connections])
            #expect(try #require(report.generator.peakResidentBytes) < Self.memoryBound)
        }

        @Test(.needs(.openssl)) func anExpiredCertificateIsNamed() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder, expired: true)
            let server = try HostileServer(certificate: certificate, in: folder)
            defer { server.program.stop() }
            let address = try #require(server.addresses["tls"])
            let profile = try folder.write(
                """
                target: { url: "\(address)", tls: { ca: "\(certificate.certificateFile)" } }
                scenarios: [{ name: held, connections: \(Self.connections), hold: 1s, timeout: 5s }]
                leak: { baseline: 0s, settle: 0s }
                thresholds: [errors.rate == 0%]
                """,
                to: "expired.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.errors == ["TLS_CERTIFICATE_HAS_EXPIRED": Self.connections])
        }

        @Test(
            arguments: [
                "silent": "TIMEOUT_TLS_HANDSHAKE",
                "reset": "ECONNRESET",
                "close": "TLS_END_IN_HANDSHAKE",
                "early-answer": "TLS_WRONG_VERSION_NUMBER",
            ]
        )
        func aHandshakeThatGoesWrongIsNamed(hostility: String, name: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try HostileServer(in: folder)
            defer { server.program.stop() }
            let address = try #require(server.addresses[hostility]).replacing("http://", with: "https://")
            let profile = try folder.write(
                """
                target: { url: "\(address)" }
                scenarios: [{ name: held, connections: \(Self.connections), hold: 1s, timeout: 500ms }]
                leak: { baseline: 0s, settle: 0s }
                """,
                to: "handshake.yaml"
            )
            let (result, report) = try Command.profile(profile, in: folder)
            #expect(result.exitCode == 1, "\(result.output)\(result.errorOutput)")
            #expect(report.errors == [name: Self.connections])
        }

        @Test(
            arguments: expectations.filter { name, _ in name != "silent" && name != "close" }
        )
        func aTapNamesItToo(hostility: String, name: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try HostileServer(in: folder)
            defer { server.program.stop() }
            let address = try #require(server.addresses[hostility])
            let result = try Command.hydrotest(["tap", address, "--max-time", "20s"], in: folder)
            #expect(result.exitCode != 0)
            #expect(result.errorOutput.hasPrefix("hydrotest: \(name)"), "\(result.errorOutput)")
            #expect(result.output == "")
        }

        /// Drops cannot wait for a stage that never comes.
        @Test func aStageThatIsNeverReachedIsNamed() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try HostileServer(in: folder)
            defer { server.program.stop() }
            let address = try #require(server.addresses["truncated"])
            let profile = try folder.write(
                """
                target: { url: "\(address)" }
                scenarios: [{ name: dropped, connections: 5, drop: { stages: [first-event], manners: [fin] } }]
                leak: { baseline: 0s, settle: 0s }
                """,
                to: "stage.yaml"
            )
            let (_, report) = try Command.profile(profile, in: folder)
            #expect(report.connections.dropped == 0)
            #expect(report.errors == ["TRUNCATED_BODY": 5])
        }

        private func run(
            _ addresses: [String: String],
            in folder: TemporaryFolder
        ) throws -> (result: CommandResult, report: RunReport) {
            let hostile = addresses.sorted { $0.key < $1.key }.map { name, address in
                """
                  - name: \(name)
                    url: "\(address)"
                    connections: \(Self.connections)
                    arrival: { rate: 20/s }
                    hold: 30s
                    timeout: 1s
                """
            }
            let profile = try folder.write(
                """
                target: { url: reference }
                reference: { heartbeat: 300ms }
                scenarios:
                  - { name: healthy, connections: \(Self.connections), hold: 3s }
                \(hostile.joined(separator: "\n"))
                leak: { baseline: 0s, settle: 1s }
                heartbeat: { expect: 300ms, tolerance: 200%, match: comment }
                thresholds: [errors.rate == 0%]
                """,
                to: "hostile.yaml"
            )
            return try Command.profile(profile, in: folder)
        }
    }
}
