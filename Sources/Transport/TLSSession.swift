import COpenSSL
import EventLoop
import Glibc
import Vocabulary

/// One TLS session: OpenSSL's state and the gate before its socket, in memory of its own at a fixed address.
struct TLSSession {
    let session: OpaquePointer
    var gate: RecordGate

    /// Makes a session on a connected socket.
    ///
    /// - Returns: nil where OpenSSL has no memory.
    static func make(
        context: OpaquePointer,
        descriptor: Int32,
        stop: Stage?,
        isServer: Bool
    ) -> UnsafeMutablePointer<TLSSession>? {
        guard let session = SSL_new(context) else { return nil }
        guard let bio = BIO_new(RecordGate.method) else {
            SSL_free(session)
            return nil
        }
        let memory = UnsafeMutablePointer<TLSSession>.allocate(capacity: 1)
        memory.initialize(to: TLSSession(session: session, gate: RecordGate(descriptor: descriptor, stop: stop)))
        let gate = UnsafeMutableRawPointer(memory)
            .advanced(by: MemoryLayout<TLSSession>.offset(of: \TLSSession.gate)!)
            .assumingMemoryBound(to: RecordGate.self)
        BIO_set_data(bio, gate)
        BIO_set_init(bio, 1)
        SSL_set_bio(session, bio, bio)
        if isServer {
            SSL_set_accept_state(session)
        } else {
            SSL_set_connect_state(session)
            RecordGate.watch(session, for: gate)
        }
        return memory
    }

    /// Takes the handshake as far as it goes now.
    mutating func handshake() -> HandshakeResult {
        forgetErrors()
        let status = SSL_do_handshake(session)
        if status == 1 {
            gate.reached = .tlsEstablished
            return .established
        }
        let error = SSL_get_error(session, status)
        guard error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE else {
            return .failed(failure(error, inHandshake: true))
        }
        if gate.reached == .connected, error == SSL_ERROR_WANT_READ { gate.reached = .tlsHelloSent }
        return hasStopped ? .stopped : .wouldBlock
    }

    private var hasStopped: Bool {
        switch gate.stop {
        case .tlsHelloPartial, .tlsHelloSent, .tlsHelloReceived: gate.reached == gate.stop
        case .tlsFinishedWithheld: gate.reached == .tlsHelloReceived && gate.hasRefusedWrite
        default: false
        }
    }

    /// Reads decrypted bytes.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> StreamResult {
        forgetErrors()
        let count = SSL_read(session, buffer.baseAddress, Int32(clamping: buffer.count))
        if count > 0 { return .bytes(Int(count)) }
        return unfinished(SSL_get_error(session, count))
    }

    /// Whether the session holds bytes of the socket's that it has not given out, perhaps of an unfinished record.
    var hasBuffered: Bool { SSL_has_pending(session) == 1 }

    /// Whether the last read has taken all that had arrived, and nothing of it is left in the session.
    var isDrained: Bool { gate.hasReadShort && !hasBuffered }

    /// Encrypts and writes bytes; after `wouldBlock` the same bytes must be offered again.
    mutating func write(_ bytes: UnsafeRawBufferPointer) -> StreamResult {
        forgetErrors()
        let count = SSL_write(session, bytes.baseAddress, Int32(clamping: bytes.count))
        if count > 0 { return .bytes(Int(count)) }
        return unfinished(SSL_get_error(session, count))
    }

    /// Empties the thread's error queue, which all its sessions share: SSL_get_error(3) would take an error that another
    /// call has left there for this session's.
    private func forgetErrors() {
        // Looking costs less than clearing, and the queue is empty but for a bug.
        if ERR_peek_error() != 0 { ERR_clear_error() }
    }

    private mutating func unfinished(_ error: Int32) -> StreamResult {
        switch error {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: .wouldBlock
        case SSL_ERROR_ZERO_RETURN: .end
        default: .failed(failure(error, inHandshake: false))
        }
    }

    private mutating func failure(_ error: Int32, inHandshake: Bool) -> Failure {
        defer { ERR_clear_error() }
        if gate.systemError != 0 { return .system(SystemError(gate.systemError)) }
        if error == SSL_ERROR_SSL {
            let code = ERR_peek_last_error()
            let verification = SSL_get_verify_result(session)
            if inHandshake, verification != X509_V_OK, SSL_get_verify_mode(session) != SSL_VERIFY_NONE {
                return .verification(verification)
            }
            if code != 0 { return .tls(code) }
        }
        return .endInHandshake
    }

    /// Whether the handshake resumed an earlier session.
    var isResumed: Bool { SSL_session_reused(session) == 1 }

    /// The version in OpenSSL's words.
    var version: String { String(cString: SSL_get_version(session)) }

    /// The application protocol that the server chose; nil for none.
    var applicationProtocol: String? {
        var bytes: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(session, &bytes, &count)
        guard let bytes, count > 0 else { return nil }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(count)), as: UTF8.self)
    }

    /// Frees OpenSSL's state; nothing is sent.
    func release() {
        // Else OpenSSL takes a session whose stream was not closed in good order for spoilt, as TLS 1.0 did; no later
        // version does (RFC 5246, 7.2.1).
        SSL_set_shutdown(session, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(session)
    }
}

extension TLSSession {
    /// Sends a close_notify alert (RFC 8446, 6.1).
    mutating func sendCloseNotify() {
        gate.writing = .open
        if SSL_is_init_finished(session) == 1 {
            SSL_shutdown(session)
        } else {
            sendPlaintextAlert(level: 1, description: UInt8(SSL_AD_CLOSE_NOTIFY))
        }
        ERR_clear_error()
    }

    /// Sends a fatal alert (RFC 8446, 6.2): `internal_error` in the handshake, `bad_record_mac` afterwards.
    ///
    /// OpenSSL has no call to send one on an established session; it sends one itself when it reads a forged record.
    mutating func sendFatalAlert() {
        gate.writing = .open
        guard SSL_is_init_finished(session) == 1 else {
            return sendPlaintextAlert(level: 2, description: UInt8(SSL_AD_INTERNAL_ERROR))
        }
        gate.forgedBytes = RecordGate.forgedRecordLength
        var sink: (UInt64, UInt64) = (0, 0)
        _ = withUnsafeMutableBytes(of: &sink) { SSL_read(session, $0.baseAddress, Int32($0.count)) }
        ERR_clear_error()
    }

    /// A server accepts plaintext alerts until it has read an encrypted record of the client (RFC 8446, 5).
    private func sendPlaintextAlert(level: UInt8, description: UInt8) {
        let record: [UInt8] = [UInt8(SSL3_RT_ALERT), 3, 3, 0, 2, level, description]
        _ = record.withUnsafeBytes { Socket.send(gate.descriptor, $0) }
    }
}
