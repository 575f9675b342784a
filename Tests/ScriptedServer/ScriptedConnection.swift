import EventLoop
import Glibc
import Transport

/// One accepted connection in the hands of a script; every call waits at most ``patience``.
public final class ScriptedConnection: @unchecked Sendable {
    /// How long a call waits for the client, in milliseconds.
    public static let patience: Int32 = 30_000

    /// The socket.
    public var descriptor: Int32 { stream.descriptor }
    private var stream: ByteStream
    private var isClosed = false

    init(_ descriptor: Int32) {
        // Without a TLS context, nothing can fail.
        guard let stream = try? ByteStream.accepted(descriptor) else { preconditionFailure() }
        self.stream = stream
    }

    /// Goes through a TLS handshake.
    ///
    /// - Throws: ``ScriptedError`` with the failure's name, or `silence`.
    public func handshake(_ context: TLSServerContext) throws {
        stream = try ByteStream.accepted(stream.descriptor, tls: context)
        while true {
            switch stream.handshake() {
            case .established: return
            case .failed(let failure): throw ScriptedError(reason: failure.name)
            case .wouldBlock, .stopped: try wait(for: POLLIN)
            }
        }
    }

    /// Reads until a text has come.
    ///
    /// - Returns: everything that came.
    /// - Throws: ``ScriptedError`` with how the client ended instead.
    @discardableResult
    public func read(until text: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let wanted = Array(text.utf8)
        while true {
            let piece = try read()
            guard !piece.isEmpty else { throw ScriptedError(reason: "end") }
            bytes += piece
            if bytes.count >= wanted.count, bytes.suffix(wanted.count).elementsEqual(wanted) { return bytes }
        }
    }

    /// Reads a request head.
    @discardableResult
    public func readRequest() throws -> [UInt8] { try read(until: "\r\n\r\n") }

    /// Reads to the client's end.
    ///
    /// - Parameter patience: how long to wait for more, in milliseconds.
    /// - Returns: what came, and how it ended.
    public func readToEnd(patience: Int32 = patience) -> ScriptedServer.Seen {
        var seen = ScriptedServer.Seen(ending: "end")
        do {
            while true {
                let piece = try read(patience: patience)
                guard !piece.isEmpty else { return seen }
                seen.bytes += piece
            }
        } catch {
            seen.ending = (error as? ScriptedError)?.reason ?? "\(error)"
            return seen
        }
    }

    /// Reads what has come; empty at the end.
    public func read(patience: Int32 = patience) throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            switch buffer.withUnsafeMutableBytes({ stream.read(into: $0) }) {
            case .bytes(let count): return Array(buffer.prefix(count))
            case .end: return []
            case .failed(let failure): throw ScriptedError(reason: failure.name)
            case .wouldBlock: try wait(for: POLLIN, patience: patience)
            }
        }
    }

    /// Writes all of a text.
    public func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes all bytes.
    public func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch rest.withUnsafeBytes({ stream.write($0) }) {
            case .bytes(let count): rest = rest.dropFirst(count)
            case .end: throw ScriptedError(reason: "end")
            case .failed(let failure): throw ScriptedError(reason: failure.name)
            case .wouldBlock: try wait(for: POLLOUT)
            }
        }
    }

    /// Lets time pass, in milliseconds.
    public func pause(_ milliseconds: UInt32) { usleep(milliseconds * 1_000) }

    /// Ends with a RST.
    public func reset() {
        Socket.resetOnClose(descriptor)
        close()
    }

    /// Ends with a FIN, or a RST where bytes wait unread.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        stream.close()
    }

    private func wait(for events: Int32, patience: Int32 = patience) throws {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        guard poll(&entry, 1, patience) == 1 else { throw ScriptedError(reason: "silence") }
    }
}

extension ScriptedConnection {
    /// Whether the client's socket still takes bytes; writes two past any TLS.
    public func isPeerThere() -> Bool {
        for _ in 0..<2 {
            let result = [UInt8(ascii: "x")].withUnsafeBytes { Socket.send(descriptor, $0) }
            guard case .bytes = result else { return false }
            // The first byte to a closed socket is answered with a RST, which the second meets.
            pause(10)
        }
        return Socket.pendingError(descriptor) == nil
    }
}

extension ScriptedConnection {
    /// The client's address, without its port: `127.0.0.1`.
    public func peerAddress() throws -> String {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) }
        }
        guard status == 0 else { throw ScriptedError(reason: SystemError.last.name) }
        return withUnsafeBytes(of: address.sin_addr) { $0.map { "\($0)" }.joined(separator: ".") }
    }
}
