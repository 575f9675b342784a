import EventLoop
import Glibc
import Testing
import Transport
import Vocabulary

/// A server on a thread that does to each connection what its script says, and keeps what it was sent.
final class ScriptedServer: @unchecked Sendable {
    enum Step: Sendable {
        /// Reads up to the end of a request head, and so many bytes of body.
        case readRequest(body: Int = 0)
        case send(String)
        /// Sends byte by byte.
        case trickle(String)
        /// Sends so many bytes, unless the client goes.
        case flood(Int)
        /// Says nothing until the client closes.
        case hold
    }

    let port: UInt16
    private let listener: Int32
    private let requests = Locked<[String]>([])
    private var thread: OperatingSystemThread?
    private static let patience: Int32 = 10_000

    /// One script for each connection, in the order in which they are accepted; after it the connection is closed.
    init(_ scripts: [[Step]], tls: TLSServerContext? = nil) throws {
        listener = try Socket.listen(on: try #require(SocketAddress("127.0.0.1", port: 0)))
        port = try Socket.localAddress(listener).port
        thread = try OperatingSystemThread(name: "scripted") { [self] in
            for script in scripts {
                guard Self.wait(listener), let descriptor = try? Socket.accept(listener) else { return }
                serve(script, descriptor, tls)
            }
        }
    }

    func url(_ path: String = "/", tls: Bool = false) -> TargetURL {
        TargetURL(tls: tls, host: "127.0.0.1", port: port, path: path)
    }

    /// Waits until every script has run.
    ///
    /// - Returns: the requests' bytes as text.
    func finish() -> [String] {
        thread?.join()
        thread = nil
        Socket.close(listener)
        return requests.withLock { $0 }
    }

    private static func wait(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, patience) > 0
    }

    private func serve(_ script: [Step], _ descriptor: Int32, _ tls: TLSServerContext?) {
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
        guard let stream = try? ByteStream.accepted(descriptor, tls: tls) else { return }
        defer { stream.close() }
        guard stream.handshake() == .established else { return }
        for step in script {
            switch step {
            case .readRequest(let body): readRequest(stream, body: body)
            case .send(let text): send(Array(text.utf8), stream)
            case .trickle(let text): for byte in text.utf8 { send([byte], stream) }
            case .flood(let count): flood(count, stream)
            case .hold: while !read(stream).isEmpty {}
            }
        }
        stream.sendCloseNotify()
    }

    private func read(_ stream: ByteStream) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        guard stream.isTLS || Self.wait(stream.descriptor),
            case .bytes(let count) = bytes.withUnsafeMutableBytes({ stream.read(into: $0) })
        else { return [] }
        return Array(bytes[..<count])
    }

    private func readRequest(_ stream: ByteStream, body: Int) {
        var text = ""
        while true {
            if let end = text.utf8.firstRange(of: "\r\n\r\n".utf8),
                text.utf8.distance(from: end.upperBound, to: text.utf8.endIndex) >= body
            {
                break
            }
            let bytes = read(stream)
            if bytes.isEmpty { break }
            text += String(decoding: bytes, as: UTF8.self)
        }
        requests.withLock { $0.append(text) }
    }

    private func send(_ bytes: [UInt8], _ stream: ByteStream) {
        _ = bytes.withUnsafeBytes { stream.write($0) }
    }

    private func flood(_ count: Int, _ stream: ByteStream) {
        let block = [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 10)
        var rest = count
        while rest > 0 {
            let size = min(rest, block.count)
            guard case .bytes(let sent) = block.withUnsafeBytes({ stream.write(.init(rebasing: $0[..<size])) }) else {
                return
            }
            rest -= sent
        }
    }
}
