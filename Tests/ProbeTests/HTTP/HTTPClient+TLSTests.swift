import TestTurns
import Testing
import Transport
import Vocabulary

@testable import Probe

@Suite(Turn.sideBySide) struct HTTPClientTLSTests {
    private static let patience = 10 * Nanoseconds.perSecond
    private static let hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

    @Test func speaksTLSAndKeepsTheConnection() throws {
        let server = try ScriptedServer(
            [[.readRequest(), .send(Self.hello), .readRequest(), .trickle(Self.hello)]],
            tls: try TLSServerContext(try SelfSignedCertificate())
        )
        var options = TLSClientContext.Options()
        options.verify = false
        let client = HTTPClient(tls: try TLSClientContext(serverName: "localhost", options: options))
        for _ in 0..<2 {
            let answer = try client.exchange(url: server.url(tls: true), timeout: Self.patience)
            #expect(String(decoding: answer.body, as: UTF8.self) == "hello")
        }
        #expect(server.finish().count == 2)
    }

    @Test func namesACertificateThatIsNotTrusted() throws {
        let server = try ScriptedServer([[]], tls: try TLSServerContext(try SelfSignedCertificate()))
        let url = server.url(tls: true)
        #expect(throws: HTTPClientError(name: "TLS_SELF_SIGNED_CERTIFICATE")) {
            try HTTPClient().exchange(url: url, timeout: Self.patience)
        }
        _ = server.finish()
    }

    @Test func namesAServerThatSpeaksNoTLS() throws {
        let server = try ScriptedServer([[.send("HTTP/1.1 400 Bad Request\r\n\r\n"), .hold]])
        let url = server.url(tls: true)
        #expect(throws: HTTPClientError(name: "TLS_WRONG_VERSION_NUMBER")) {
            try HTTPClient().exchange(url: url, timeout: Self.patience)
        }
        _ = server.finish()
    }
}
