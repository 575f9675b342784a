import COpenSSL
import Glibc
import Vocabulary

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
