import Foundation
import Testing
import Vocabulary

extension Integration {
    /// `hydrotest tap` against the reference server.
    @Suite struct TapTests {
        @Test func tellsEventsAndComments() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(["--heartbeat", "100ms"], in: folder)
            defer { server.program.stop() }
            let arguments = ["tap", "\(server.plain)/events", "--comments", "--max-time", "1s"]
            let result = try Command.hydrotest(arguments, in: folder)
            #expect(result.exitCode == 0, "\(result.errorOutput)")
            let lines = try result.output.split(separator: "\n").map {
                try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
            }
            let first = try #require(lines.first)
            let data = try #require(first["data"])
            #expect(try JSONDecoder().decode([String: String].self, from: Data(data.utf8))["id"]?.utf8.count == 16)
            #expect(first == ["event": "connected", "data": data, "id": "0"])
            #expect(lines.count > 2)
            #expect(lines.dropFirst().allSatisfy { $0 == ["comment": "heartbeat"] })
        }

        @Test func failsWhereTooFewEventsCome() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            let arguments = ["tap", "\(server.plain)/events", "--count", "2", "--max-time", "500ms"]
            let result = try Command.hydrotest(arguments, in: folder)
            #expect(result.exitCode == 1)
            #expect(result.output.split(separator: "\n").count == 1)
        }

        @Test(.needs(.openssl)) func verifiesCertificates() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder)
            let server = try ReferenceCommand(certificate: certificate, in: folder)
            defer { server.program.stop() }
            let tap = ["tap", "\(try #require(server.tls))/events", "--count", "1"]
            let unknown = try Command.hydrotest(tap, in: folder)
            #expect(unknown.exitCode == 69)
            #expect(unknown.errorOutput.contains("TLS_SELF_SIGNED_CERTIFICATE"))
            for trust in [["--insecure"], ["--ca", certificate.certificateFile]] {
                #expect(try Command.hydrotest(tap + trust, in: folder).exitCode == 0)
            }
        }
    }
}
