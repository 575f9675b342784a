import COpenSSL
import EventStream
import Vocabulary

/// The handshake of a WebSocket client (RFC 6455, 4.1).
struct WebSocketHandshake {
    /// What the server adds to the key (RFC 6455, 1.3).
    private static let identifier = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

    /// The value of `Sec-WebSocket-Key`: 16 bytes in base64.
    let key: String

    /// A handshake with a key of its own.
    init() {
        key = Self.base64((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }

    /// A handshake with a key that is given.
    init(key: String) { self.key = key }

    /// The bytes of the request.
    ///
    /// - Throws: which part of the address cannot stand in a request.
    func request(url: TargetURL) throws(HTTPWriteError) -> [UInt8] {
        try HTTPHeadWriter.request(
            method: "GET",
            target: url.path,
            fields: [
                HTTPField("Host", url.hostHeader), HTTPField("Upgrade", "websocket"),
                HTTPField("Connection", "Upgrade"),
                HTTPField("Sec-WebSocket-Key", key), HTTPField("Sec-WebSocket-Version", "13"),
            ]
        )
    }

    /// Whether an answer accepts this very handshake, with no extension that was not asked for.
    func isAccepted(by head: HTTPResponseHead) -> Bool {
        head.status == 101 && head.value(of: "upgrade")?.lowercased() == "websocket"
            && head.value(of: "sec-websocket-accept") == accept && head.value(of: "sec-websocket-extensions") == nil
    }

    /// What the server must answer: the key and the identifier, hashed with SHA-1, in base64 (RFC 6455, 4.2.2).
    var accept: String {
        let text = Array((key + Self.identifier).utf8)
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var size: UInt32 = 0
        guard EVP_Digest(text, text.count, &digest, &size, EVP_sha1(), nil) == 1 else { return "" }
        return Self.base64(Array(digest.prefix(Int(size))))
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
        return String(decoding: text.prefix(Int(count)), as: UTF8.self)
    }
}
