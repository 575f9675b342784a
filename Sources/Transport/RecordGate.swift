import COpenSSL
import EventLoop
import Glibc
import Vocabulary

/// What stands between a TLS session and its socket: an OpenSSL BIO that can stop dead at a stage of the handshake.
///
/// A session that is not told to stop passes every byte through at the cost of one comparison a call.
struct RecordGate {
    /// What the gate lets through.
    enum Writing {
        /// Everything.
        case open
        /// Half of the next bytes, then nothing; for a ClientHello that stays partial.
        case half
        /// Nothing.
        case closed
    }

    let descriptor: Int32
    var writing = Writing.open
    var readingOpen = true
    /// The stage at which the gate closes; nil for a session that runs through.
    var stop: Stage?
    /// The descriptions of the alerts that the peer has sent (RFC 8446, 6), the first ones.
    var alerts: [UInt8] = []
    /// The last stage that the handshake's messages have shown.
    var reached = Stage.connected
    /// Whether the session has asked to write bytes that the gate did not take.
    var hasRefusedWrite = false
    /// Bytes of a forged record that are still to be read in place of the socket's.
    var forgedBytes = 0
    /// Whether the last read of the socket brought less than was asked for.
    var hasReadShort = false
    /// Whether the peer has closed its write side; OpenSSL asks, to tell an end from a failure.
    var hasReachedEnd = false
    /// When the kernel received the last bytes that were read, in ns of the realtime clock; 0 where it did not say.
    var received: UInt64 = 0
    /// The `errno` of the last failed call; 0 for none.
    var systemError: Int32 = 0

    init(descriptor: Int32, stop: Stage?) {
        self.descriptor = descriptor
        self.stop = stop
        switch stop {
        case .tlsHelloPartial:
            writing = .half
            readingOpen = false
        case .tlsHelloSent: readingOpen = false
        default: break
        }
    }

    /// The BIO method table, made once and never changed.
    nonisolated(unsafe) static let method: OpaquePointer = {
        let type = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK
        guard let method = BIO_meth_new(type, "hydrotest record gate") else { fatalError("OpenSSL is out of memory") }
        BIO_meth_set_write(method) { bio, bytes, count in RecordGate.of(bio).pointee.write(bio, bytes, count) }
        BIO_meth_set_read(method) { bio, bytes, count in RecordGate.of(bio).pointee.read(bio, bytes, count) }
        BIO_meth_set_ctrl(method) { bio, command, _, _ in
            switch command {
            case BIO_CTRL_FLUSH: 1
            case BIO_CTRL_EOF: RecordGate.of(bio).pointee.hasReachedEnd ? 1 : 0
            default: 0
            }
        }
        return method
    }()

    private static func of(_ bio: OpaquePointer?) -> UnsafeMutablePointer<RecordGate> {
        BIO_get_data(bio).assumingMemoryBound(to: RecordGate.self)
    }

    private mutating func write(_ bio: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32) -> Int32 {
        hydrotest_bio_clear_retry_flags(bio)
        var allowed = Int(count)
        if writing != .open {
            if writing == .closed || allowed < 2 { return refuse(bio) }
            allowed /= 2
        }
        switch Socket.send(descriptor, UnsafeRawBufferPointer(start: bytes, count: allowed)) {
        case .bytes(let sent):
            if writing == .half {
                writing = .closed
                reached = .tlsHelloPartial
            }
            return Int32(sent)
        case .failed(let error):
            systemError = error.number
            return -1
        case .wouldBlock, .end:
            hydrotest_bio_set_retry_write(bio)
            return -1
        }
    }

    private mutating func refuse(_ bio: OpaquePointer?) -> Int32 {
        hasRefusedWrite = true
        hydrotest_bio_set_retry_write(bio)
        return -1
    }

    private mutating func read(_ bio: OpaquePointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int32) -> Int32 {
        hydrotest_bio_clear_retry_flags(bio)
        if forgedBytes > 0 { return readForged(bytes, count) }
        guard readingOpen else {
            hydrotest_bio_set_retry_read(bio)
            return -1
        }
        let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))
        switch Socket.receive(descriptor, into: buffer, received: &received) {
        case .bytes(let received):
            hasReadShort = received < buffer.count
            return Int32(received)
        case .end:
            hasReachedEnd = true
            return 0
        case .failed(let error):
            systemError = error.number
            return -1
        case .wouldBlock:
            hydrotest_bio_set_retry_read(bio)
            return -1
        }
    }

    /// The length of a record that no key fits, its header included.
    static let forgedRecordLength = 5 + 64

    private mutating func readForged(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int32) -> Int32 {
        guard let bytes else { return 0 }
        let header: [UInt8] = [UInt8(SSL3_RT_APPLICATION_DATA), 3, 3, 0, UInt8(Self.forgedRecordLength - 5)]
        var given = 0
        while given < Int(count), forgedBytes > 0 {
            let position = Self.forgedRecordLength - forgedBytes
            bytes[given] = CChar(bitPattern: position < header.count ? header[position] : 0x5A)
            given += 1
            forgedBytes -= 1
        }
        return Int32(given)
    }
}

extension RecordGate {
    /// SHA-256 of "HelloRetryRequest": the random of a ServerHello that asks for another ClientHello (RFC 8446, 4.1.3).
    private static let retryRandom: [UInt8] = [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ]
    private static let serverHello: UInt8 = 2
    /// The most alerts that are kept.
    private static let keptAlerts = 8
    /// Where the random stands in a ServerHello: after its type, its length and its version.
    private static let randomOffset = 6

    /// Watches the messages of a client session: to close the gate as soon as the ServerHello has been read, and to
    /// keep the alerts.
    ///
    /// - Parameter gate: must outlive the session's handshake.
    static func watch(_ session: OpaquePointer, for gate: UnsafeMutablePointer<RecordGate>) {
        SSL_set_msg_callback(session) { isWrite, _, contentType, bytes, count, _, argument in
            guard isWrite == 0, let bytes, let argument else { return }
            let message = UnsafeRawBufferPointer(start: bytes, count: count)
            if contentType == SSL3_RT_ALERT, count == 2 {
                argument.assumingMemoryBound(to: RecordGate.self).pointee.keep(alert: message[1])
            }
            guard contentType == SSL3_RT_HANDSHAKE else { return }
            guard message.first == RecordGate.serverHello, !RecordGate.isRetry(message) else { return }
            argument.assumingMemoryBound(to: RecordGate.self).pointee.serverHelloRead()
        }
        _ = SSL_ctrl(session, SSL_CTRL_SET_MSG_CALLBACK_ARG, 0, gate)
    }

    private static func isRetry(_ message: UnsafeRawBufferPointer) -> Bool {
        message.count >= randomOffset + retryRandom.count
            && message[randomOffset..<randomOffset + retryRandom.count].elementsEqual(retryRandom)
    }

    private mutating func keep(alert description: UInt8) {
        if alerts.count < Self.keptAlerts { alerts.append(description) }
    }

    private mutating func serverHelloRead() {
        reached = .tlsHelloReceived
        guard let stop else { return }
        if stop == .tlsHelloReceived {
            readingOpen = false
            writing = .closed
        } else if stop == .tlsFinishedWithheld {
            // The client writes nothing between the ServerHello and the flight that carries its Finished.
            writing = .closed
        }
    }
}
