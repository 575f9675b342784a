import Foundation
import Testing
import Vocabulary

extension Integration {
    /// Chromium's `EventSource` as a client of the reference server.
    @Suite(.needs(.chromium), .needs(.node), .needs(.curl), .needs(.openssl)) struct ChromiumTests {
        /// A line of what the browser saw.
        private struct Line: Decodable {
            struct Request: Decodable {
                let lastEventID: String?
            }

            let event: String?
            let data: String?
            let id: String?
            let open: Int?
            let error: Int?
            let request: Request?
        }

        @Test(arguments: ["http", "https"])
        func followsAStreamAndComesBack(scheme: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder)
            // A quiet stream is closed by the server after the inactivity timeout: the browser must come back.
            let server = try ReferenceCommand(
                ["--heartbeat", "off", "--inactivity", "4s"],
                certificate: certificate,
                in: folder
            )
            defer { server.program.stop() }
            let base = scheme == "http" ? server.plain : try #require(server.tls)
            let browser = try RunningProgram(
                try #require(Program.path("node")),
                [
                    Program.server("chromium-events.js"), try #require(Program.path("chromium")),
                    folder.file("browser"), base,
                ],
                in: folder
            )
            defer { browser.stop() }
            let lines = { (text: String, count: Int) throws -> [Line] in
                do {
                    return try browser.lines(containing: text, count: count, timeout: 40 * .perSecond)
                        .map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
                } catch {
                    let log = NetworkLog.failures(in: folder.file("browser.network-log.json"))
                    throw SupportError("\(error)\n\(server.account(in: folder))\nthe browser's network log:\n\(log)")
                }
            }

            let first = try lines("\"event\":\"connected\"", 1)[0]
            let data = try #require(first.data)
            #expect(data.hasPrefix("{\"id\":\""))
            #expect(first.id == "0")

            let broadcast = try Command.run(
                named: "curl",
                ["--silent", "--insecure", "--data", "hello\nbrowser", "\(base)/broadcast?topic=news"],
                in: folder
            )
            #expect(broadcast.output == "{\"reached\":1}\n")
            let message = try lines("\"event\":\"message\"", 1)[0]
            #expect(message.data == "hello\nbrowser")
            #expect(message.id == "1")

            // The server ends the stream: the source is told, comes back, and says where it was.
            let connecting = 0
            #expect(try lines("\"error\"", 1)[0].error == connecting)
            let requests = try lines("\"request\"", 2)
            #expect(requests[0].request?.lastEventID == nil)
            #expect(requests[1].request?.lastEventID == "1")
            #expect(try lines("\"open\"", 2)[1].open == 2)
            let second = try lines("\"event\":\"connected\"", 2)[1]
            #expect(second.id == "1")
            #expect(try #require(second.data) != data)
        }
    }
}
