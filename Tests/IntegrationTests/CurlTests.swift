import Glibc
import Testing
import Vocabulary

extension Integration {
    /// curl as a client of the reference server.
    @Suite(.needs(.curl), .needs(.openssl)) struct CurlTests {
        @Test(arguments: ["http", "https"])
        func followsAStream(scheme: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder)
            let server = try ReferenceCommand(["--heartbeat", "300ms"], certificate: certificate, in: folder)
            defer { server.program.stop() }
            let base = scheme == "http" ? server.plain : try #require(server.tls)
            let trust = ["--silent", "--show-error", "--fail", "--cacert", certificate.certificateFile]

            let curl = try RunningProgram(
                try #require(Program.path("curl")),
                trust + ["--no-buffer", "\(base)/events?topics=news"],
                in: folder
            )
            defer { curl.stop() }
            let data = try #require(try curl.lines(containing: "data: {\"id\":\"").first)
            #expect(data.utf8.count == "data: {\"id\":\"0123456789abcdef\"}".utf8.count)
            #expect(curl.output.hasPrefix("event: connected\nid: 0\n"))

            let broadcast = try Command.run(
                named: "curl",
                trust + ["--data", "hello curl", "\(base)/broadcast?topic=news"],
                in: folder
            )
            #expect(broadcast.output == "{\"reached\":1}\n")
            #expect(try curl.lines(containing: "data: hello curl") == ["data: hello curl"])
            // The first may have come before the broadcast; the second shows that they go on after it.
            #expect(try curl.lines(containing: ": heartbeat", count: 2).allSatisfy { $0 == ": heartbeat" })
        }
    }
}
