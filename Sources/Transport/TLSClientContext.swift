import COpenSSL
import EventLoop
import Glibc

/// What the sessions of one target share: versions, trust and the name to verify.
public final class TLSClientContext: @unchecked Sendable {
    /// The protocol versions that can be offered.
    public enum Version: Int32, Sendable {
        /// TLS 1.2 (RFC 5246).
        case tls12 = 0x0303
        /// TLS 1.3 (RFC 8446).
        case tls13 = 0x0304
    }

    /// How a context is made.
    public struct Options: Sendable {
        /// Whether certificate and host name are verified.
        public var verify = true
        /// A PEM file of trusted authorities; nil for the system's.
        public var authorityFile: String?
        /// The lowest version offered.
        public var minimumVersion = Version.tls12
        /// The highest version offered.
        public var maximumVersion = Version.tls13
        /// Whether sessions are kept for a later stream to resume (RFC 5077; RFC 8446, 2.2).
        public var resume = false
        /// The application protocols offered, in order of preference (RFC 7301); at most 255 bytes each.
        public var applicationProtocols = ["http/1.1"]

        /// The defaults: everything verified, TLS 1.2 and 1.3, a full handshake for every stream.
        public init() {}
    }

    let context: OpaquePointer
    private let serverName: String
    private let isAddress: Bool
    private let verify: Bool
    /// Whether sessions are kept for a later stream that is given the same ``TLSSessionCache``.
    public let resumes: Bool

    /// A context for one server.
    ///
    /// - Parameters:
    ///   - serverName: the name or address to verify; a name is also sent (SNI; RFC 6066, 3).
    ///   - options: versions and trust.
    /// - Throws: ``TLSContextError`` where the authority file cannot be read.
    public init(serverName: String, options: Options = Options()) throws(TLSContextError) {
        guard let context = SSL_CTX_new(TLS_client_method()) else {
            throw TLSContextError.last("cannot make a TLS context")
        }
        self.context = context
        self.serverName = serverName
        isAddress = SocketAddress(serverName, port: 0) != nil
        verify = options.verify
        resumes = options.resume
        _ = hydrotest_ssl_ctx_set_min_proto_version(context, options.minimumVersion.rawValue)
        _ = hydrotest_ssl_ctx_set_max_proto_version(context, options.maximumVersion.rawValue)
        // Buffers are given back while a session is idle; a write may go on from another buffer.
        let modes = SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        _ = hydrotest_ssl_ctx_set_mode(context, Int(modes))
        // A record's header and body come in one read, and so do several records.
        hydrotest_ssl_ctx_set_read_ahead(context)
        hydrotest_ssl_ctx_set_common_options(context)
        keepSessions()
        let protocols = options.applicationProtocols.flatMap { [UInt8(clamping: $0.utf8.count)] + Array($0.utf8) }
        SSL_CTX_set_alpn_protos(context, protocols, UInt32(protocols.count))
        try trust(options)
    }

    /// OpenSSL's own cache is one for all threads, behind a lock; sessions go to the cache of their stream instead.
    private func keepSessions() {
        let kept = SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL | SSL_SESS_CACHE_NO_AUTO_CLEAR
        _ = hydrotest_ssl_ctx_set_session_cache_mode(context, Int(resumes ? kept : SSL_SESS_CACHE_OFF))
        if resumes { SSL_CTX_sess_set_new_cb(context) { TLSSessionCache.take($0, $1) } }
    }

    private func trust(_ options: Options) throws(TLSContextError) {
        guard options.verify else { return SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil) }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        if let file = options.authorityFile {
            guard SSL_CTX_load_verify_file(context, file) == 1 else {
                throw .last("cannot read certificates from \"\(file)\"")
            }
        } else {
            SSL_CTX_set_default_verify_paths(context)
        }
    }

    deinit { SSL_CTX_free(context) }

    /// Sets what a session sends and verifies.
    func configure(_ session: OpaquePointer) {
        if !isAddress { _ = hydrotest_ssl_set_tlsext_host_name(session, serverName) }
        guard verify else { return }
        if isAddress {
            X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), serverName)
        } else {
            SSL_set1_host(session, serverName)
        }
    }
}

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
