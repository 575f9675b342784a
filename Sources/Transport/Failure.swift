import COpenSSL
import EventLoop

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
