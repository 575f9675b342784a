import COpenSSL
import EventLoop
import Glibc
import Vocabulary

/// A byte stream over a nonblocking TCP socket, plain or TLS; plain and TLS differ here and nowhere above.
///
/// A value of a descriptor and a pointer, so that thousands can lie side by side; whoever holds it must call
/// ``close()`` once, and must not use a copy afterwards.
public struct ByteStream {
    /// The socket.
    public let descriptor: Int32
    private let session: UnsafeMutablePointer<TLSSession>?

    private init(descriptor: Int32, session: UnsafeMutablePointer<TLSSession>?) {
        self.descriptor = descriptor
        self.session = session
    }

    /// Whether the stream is a TLS one.
    public var isTLS: Bool { session != nil }

    /// Sends a connection attempt; the socket becomes writable when it has ended.
    ///
    /// - Parameters:
    ///   - target: where to.
    ///   - source: the address to connect from; nil for the kernel's choice.
    ///   - tls: the sessions' shared state; nil for a plain stream.
    ///   - sessions: what a session to resume is taken from and left in, where the context keeps them; it must belong to
    ///     the calling thread, be used with this context only, and outlive the stream.
    ///   - receiveBuffer: the most that the kernel may receive ahead of the reader, in bytes; nil for its choice.
    ///   - stop: the stage of the TLS handshake at which the stream stops dead; nil to pass through.
    ///   - isNarrow: whether both kernels buffer as little as they can.
    /// - Throws: what the system calls name at once.
    public static func connect(
        to target: SocketAddress,
        from source: SocketAddress? = nil,
        tls: TLSClientContext? = nil,
        resuming sessions: TLSSessionCache? = nil,
        receiveBuffer: Int? = nil,
        stop: Stage? = nil,
        isNarrow: Bool = false
    ) throws(SystemError) -> ByteStream {
        let descriptor = try Socket.connect(to: target, from: source, receiveBuffer: receiveBuffer, isNarrow: isNarrow)
        Socket.stampReceived(descriptor)
        guard let tls else { return ByteStream(descriptor: descriptor, session: nil) }
        guard
            let session = TLSSession.make(context: tls.context, descriptor: descriptor, stop: stop, isServer: false)
        else {
            Socket.close(descriptor)
            throw SystemError(ENOMEM)
        }
        tls.configure(session.pointee.session)
        if tls.resumes { sessions?.offer(to: session.pointee.session) }
        return ByteStream(descriptor: descriptor, session: session)
    }

    /// A stream over an accepted socket, which it owns from now on.
    ///
    /// - Parameter tls: the server's certificate; nil for a plain stream.
    /// - Throws: `ENOMEM`; the socket is then closed.
    public static func accepted(_ descriptor: Int32, tls: TLSServerContext? = nil) throws(SystemError) -> ByteStream {
        guard let tls else { return ByteStream(descriptor: descriptor, session: nil) }
        guard let session = TLSSession.make(context: tls.context, descriptor: descriptor, stop: nil, isServer: true)
        else {
            Socket.close(descriptor)
            throw SystemError(ENOMEM)
        }
        return ByteStream(descriptor: descriptor, session: session)
    }

    /// What the connection attempt came to, once the socket is writable; nil where it stands.
    public func connectError() -> Failure? { Socket.pendingError(descriptor).map { .system($0) } }

    /// Takes the TLS handshake as far as it goes now; a plain stream is established at once.
    public func handshake() -> HandshakeResult { session?.pointee.handshake() ?? .established }

    /// The last stage of the TLS handshake that has been passed: `connected` to `tls-established`.
    public var handshakeStage: Stage { session?.pointee.gate.reached ?? .connected }

    /// Whether the TLS handshake resumed an earlier session; false until it is over, and on a plain stream.
    public var isResumed: Bool { handshakeStage == .tlsEstablished && session?.pointee.isResumed == true }

    /// The TLS version in OpenSSL's words, `TLSv1.3`; nil until the handshake is over, and on a plain stream.
    public var tlsVersion: String? { handshakeStage == .tlsEstablished ? session?.pointee.version : nil }

    /// The application protocol that the server chose (RFC 7301); nil for none.
    public var applicationProtocol: String? { session?.pointee.applicationProtocol }

    /// The descriptions of the first alerts that the peer has sent (RFC 8446, 6), in order; none on a plain stream.
    public var receivedAlerts: [UInt8] { session?.pointee.gate.alerts ?? [] }

    /// Reads what has arrived.
    public func read(into buffer: UnsafeMutableRawBufferPointer) -> StreamResult {
        var received: UInt64 = 0
        return read(into: buffer, received: &received)
    }

    /// Reads what has arrived, with the moment at which the kernel received the last of it.
    ///
    /// - Parameter received: set to ns of the realtime clock; 0 where the kernel does not say.
    public func read(into buffer: UnsafeMutableRawBufferPointer, received: inout UInt64) -> StreamResult {
        if let session {
            defer { received = session.pointee.gate.received }
            return session.pointee.read(into: buffer)
        }
        return switch Socket.receive(descriptor, into: buffer, received: &received) {
        case .bytes(let count): .bytes(count)
        case .wouldBlock: .wouldBlock
        case .end: .end
        case .failed(let error): .failed(.system(error))
        }
    }

    /// Whether a read has taken all that had arrived, as its shortness tells.
    ///
    /// - Parameters:
    ///   - count: the bytes that it brought.
    ///   - room: the bytes that it asked for.
    @inline(__always)
    public func isDrained(by count: Int, of room: Int) -> Bool {
        if let session { return session.pointee.isDrained }
        return count < room
    }

    /// Whether bytes have been read from the socket that the stream has not given out; never of a plain stream.
    public var hasBuffered: Bool { session?.pointee.hasBuffered ?? false }

    /// Writes as many bytes as the stream takes; after `wouldBlock` the same bytes must be offered again.
    public func write(_ bytes: UnsafeRawBufferPointer) -> StreamResult {
        if let session { return session.pointee.write(bytes) }
        return switch Socket.send(descriptor, bytes) {
        case .bytes(let count): .bytes(count)
        case .wouldBlock: .wouldBlock
        case .end: .end
        case .failed(let error): .failed(.system(error))
        }
    }

    /// Sends a TLS close_notify alert; nothing on a plain stream.
    public func sendCloseNotify() { session?.pointee.sendCloseNotify() }

    /// Sends a fatal TLS alert; nothing on a plain stream.
    public func sendFatalAlert() { session?.pointee.sendFatalAlert() }

    /// Closes the socket without a word of TLS and frees all state; the kernel sends a FIN, or a RST where bytes wait unread.
    public func close() {
        if let session {
            session.pointee.release()
            session.deinitialize(count: 1)
            session.deallocate()
        }
        Socket.close(descriptor)
    }
}

extension ByteStream {
    /// Ends the stream in a manner.
    ///
    /// - Returns: whether the socket is closed; `half-close` and `stall` leave it open.
    /// - Throws: `EPERM` where `vanish` lacks its capability; the socket is then still open.
    public func drop(_ manner: Manner) throws(SystemError) -> Bool {
        switch manner {
        case .fin:
            // With bytes unread the kernel would send a RST instead.
            Socket.discardReceived(descriptor)
        case .rst:
            Socket.resetOnClose(descriptor)
        case .halfClose:
            Socket.shutdownWrite(descriptor)
            return false
        case .closeNotify:
            sendCloseNotify()
            Socket.discardReceived(descriptor)
        case .alert:
            sendFatalAlert()
            Socket.discardReceived(descriptor)
        case .stall:
            return false
        case .vanish:
            try Socket.vanishOnClose(descriptor)
        }
        close()
        return true
    }
}

/// What came of a step towards an established stream.
public enum HandshakeResult: Equatable, Sendable {
    /// The peer has to act first.
    case wouldBlock
    /// The stage at which the stream was told to stop has been reached; nothing more will be sent.
    case stopped
    /// The stream stands and carries bytes.
    case established
    /// The stream is broken.
    case failed(Failure)
}

/// What came of reading or writing a byte stream.
public enum StreamResult: Equatable, Sendable {
    /// That many bytes were moved, at least one.
    case bytes(Int)
    /// Nothing can be moved now.
    case wouldBlock
    /// The peer has ended the stream in good order, and everything has been read.
    case end
    /// The stream is broken.
    case failed(Failure)
}

/// Why a byte stream failed.
public enum Failure: Error, Hashable, Sendable {
    /// A system call failed.
    case system(SystemError)
    /// The peer's certificate was not accepted; an `X509_V_ERR_` code.
    case verification(Int)
    /// OpenSSL refused, or the peer sent an alert; a packed error code.
    case tls(UInt)
    /// The peer closed within the TLS handshake.
    case endInHandshake

    /// The name that errors are counted under: `ECONNRESET`, `TLS_CERTIFICATE_HAS_EXPIRED`.
    public var name: String {
        switch self {
        case .system(let error): error.name
        case .verification(let code): Self.symbol(X509_verify_cert_error_string(code))
        case .tls(let code): Self.symbol(ERR_reason_error_string(code))
        case .endInHandshake: "TLS_END_IN_HANDSHAKE"
        }
    }

    private static func symbol(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "TLS_ERROR" }
        let words = String(cString: text).uppercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return "TLS_" + words.joined(separator: "_")
    }
}
