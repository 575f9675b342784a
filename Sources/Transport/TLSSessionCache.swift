import COpenSSL

/// The last TLS session that one server handed out, for the streams of one thread to resume.
///
/// With TLS 1.2 that is a session ticket (RFC 5077) or a session identifier (RFC 5246, 7.4.1.2), with TLS 1.3 a ticket
/// (RFC 8446, 4.6.1), which comes after the handshake: a stream must be read for it. A ticket is used for as many
/// streams as arrive before the next one comes: a load test has no privacy to lose (RFC 8446, C.4).
public final class TLSSessionCache {
    private var session: OpaquePointer?

    /// A cache of nothing.
    public init() {}

    deinit { SSL_SESSION_free(session) }

    /// Whether there is a session to resume.
    public var isEmpty: Bool { session == nil }

    /// Lets a session offer what is kept, and leave what the server hands out.
    func offer(to stream: OpaquePointer) {
        SSL_set_ex_data(stream, Self.ownerIndex, Unmanaged.passUnretained(self).toOpaque())
        guard let session, SSL_SESSION_is_resumable(session) == 1 else { return }
        // OpenSSL spoils a TLS 1.3 session that was used; a copy leaves the kept one as it is.
        guard let copy = SSL_SESSION_dup(session) else { return }
        SSL_set_session(stream, copy)
        SSL_SESSION_free(copy)
    }

    /// Keeps a session that a server has handed out, in place of the one before.
    ///
    /// - Returns: 1 where the reference to the session was taken over, as OpenSSL asks.
    static func take(_ stream: OpaquePointer?, _ session: OpaquePointer?) -> Int32 {
        guard let owner = SSL_get_ex_data(stream, ownerIndex) else { return 0 }
        let cache = Unmanaged<TLSSessionCache>.fromOpaque(owner).takeUnretainedValue()
        SSL_SESSION_free(cache.session)
        cache.session = session
        return 1
    }

    /// Where a session keeps its cache: the slot that OpenSSL leaves to applications.
    private static let ownerIndex: Int32 = 0
}
