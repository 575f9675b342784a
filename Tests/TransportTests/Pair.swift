import EventLoop
import Glibc
import Testing
import Transport
import Vocabulary

/// A client stream and the accepted socket at its other end.
struct Pair {
    let client: ByteStream
    let accepted: Int32

    init(tls: TLSClientContext? = nil, resuming sessions: TLSSessionCache? = nil, stop: Stage? = nil) throws {
        let listener = try Socket.listen(on: #require(SocketAddress("127.0.0.1", port: 0)))
        defer { Socket.close(listener) }
        client = try ByteStream.connect(to: Socket.localAddress(listener), tls: tls, resuming: sessions, stop: stop)
        try Pair.wait(listener, for: POLLIN)
        accepted = try #require(try Socket.accept(listener))
        try Pair.wait(client.descriptor, for: POLLOUT)
        #expect(client.connectError() == nil)
    }

    /// Waits until a descriptor is ready; five seconds at most.
    static func wait(_ descriptor: Int32, for events: Int32) throws {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        try #require(poll(&entry, 1, 5_000) == 1, "nothing came")
    }

    /// Everything that has arrived at a socket, without waiting.
    static func arrived(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case .bytes(let count) = buffer.withUnsafeMutableBytes({ Socket.receive(descriptor, into: $0) }) {
            bytes += buffer.prefix(count)
        }
        return bytes
    }

    /// Drives both ends of a handshake until the client stops, stands or fails.
    func shake(with server: ByteStream) throws -> (client: HandshakeResult, server: HandshakeResult) {
        var serverResult = HandshakeResult.wouldBlock
        for _ in 0..<1_000 {
            let clientResult = client.handshake()
            if serverResult == .wouldBlock { serverResult = server.handshake() }
            if case .wouldBlock = clientResult { continue }
            if case .wouldBlock = serverResult, clientResult == .established {
                // The client's last flight may still be on its way.
                try Pair.wait(server.descriptor, for: POLLIN)
                serverResult = server.handshake()
            }
            return (clientResult, serverResult)
        }
        Issue.record("the handshake never ended")
        return (.wouldBlock, serverResult)
    }
}
