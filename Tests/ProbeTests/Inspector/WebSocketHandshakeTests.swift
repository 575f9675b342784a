import HTTP
import Testing
import Vocabulary

@testable import Probe

struct WebSocketHandshakeTests {
    /// The example of RFC 6455, 1.3.
    private let handshake = WebSocketHandshake(key: "dGhlIHNhbXBsZSBub25jZQ==")

    private func head(_ text: String) throws -> HTTPResponseHead {
        var parser = HTTPResponseHeadParser(limitBytes: 4096)
        defer { parser.release() }
        let parsed = try Array(text.utf8).withUnsafeBytes { try parser.parse($0) }
        return try #require(parsed).head
    }

    @Test func hashesTheKey() {
        #expect(handshake.accept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(WebSocketHandshake().key.utf8.count == 24)
        #expect(WebSocketHandshake().key != WebSocketHandshake().key)
    }

    @Test func asks() throws {
        let url = try #require(TargetURL("http://127.0.0.1:9229/uuid"))
        let text = String(decoding: try handshake.request(url: url), as: UTF8.self)
        #expect(text.hasPrefix("GET /uuid HTTP/1.1\r\nHost: 127.0.0.1:9229\r\nUpgrade: websocket\r\n"))
        #expect(text.contains("\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"))
    }

    @Test func knowsItsAnswer() throws {
        let good = "HTTP/1.1 101 S\r\nUpgrade: WebSocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
        #expect(handshake.isAccepted(by: try head(good + "\r\n")))
        #expect(!handshake.isAccepted(by: try head(good + "Sec-WebSocket-Extensions: x\r\n\r\n")))
        #expect(!handshake.isAccepted(by: try head(good.replacing("101", with: "200") + "\r\n")))
        #expect(!handshake.isAccepted(by: try head(good.replacing("s3pP", with: "S3pP") + "\r\n")))
        #expect(!handshake.isAccepted(by: try head(good.replacing("Upgrade: WebSocket\r\n", with: "") + "\r\n")))
    }
}
