import COpenSSL
import EventLoop
import Glibc
import Vocabulary

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
