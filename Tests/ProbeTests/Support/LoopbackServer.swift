import EventLoop
import Testing

/// A listening socket of this process with connections to itself; nothing is sent over them.
final class LoopbackServer {
    let port: UInt16
    private let address: SocketAddress
    private let listener: Int32
    private var clients: [Int32] = []
    private var accepted: [Int32] = []

    init(host: String = "127.0.0.1") throws {
        listener = try Socket.listen(on: try #require(SocketAddress(host, port: 0)))
        address = try Socket.localAddress(listener)
        port = address.port
    }

    /// Opens connections; over loopback a connection stands when the call returns.
    func connect(_ count: Int) throws {
        for _ in 0..<count {
            clients.append(try Socket.connect(to: address))
            accepted.append(try #require(try Socket.accept(listener)))
        }
    }

    /// Sends text from each client.
    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        for client in clients { try #require(bytes.withUnsafeBytes { Socket.send(client, $0) } == .bytes(bytes.count)) }
    }

    func closeClients() {
        clients.forEach(Socket.close)
        clients = []
    }

    deinit { (clients + accepted + [listener]).forEach(Socket.close) }
}
