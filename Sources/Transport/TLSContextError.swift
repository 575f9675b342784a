import COpenSSL

/// Why a TLS context could not be made.
public struct TLSContextError: Error, Sendable, CustomStringConvertible {
    /// What failed and what OpenSSL says of it.
    public let description: String

    /// An error with OpenSSL's last reason.
    static func last(_ what: String) -> TLSContextError {
        let reason = ERR_reason_error_string(ERR_peek_last_error()).map { String(cString: $0) }
        ERR_clear_error()
        return TLSContextError(description: reason.map { "\(what): \($0)" } ?? what)
    }
}
