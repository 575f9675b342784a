import COpenSSL
import EventLoop
import Glibc

/// What the sessions of a TLS server share: its certificate and key.
public final class TLSServerContext: @unchecked Sendable {
    let context: OpaquePointer

    private init(bare: Void) throws(TLSContextError) {
        guard let context = SSL_CTX_new(TLS_server_method()) else {
            throw TLSContextError.last("cannot make a TLS context")
        }
        self.context = context
        _ = hydrotest_ssl_ctx_set_min_proto_version(context, TLS1_2_VERSION)
        let modes = SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        _ = hydrotest_ssl_ctx_set_mode(context, Int(modes))
        hydrotest_ssl_ctx_set_common_options(context)
        // Cached sessions would outlive their connections and look like a leak of the server.
        _ = hydrotest_ssl_ctx_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, output, outputLength, offered, offeredLength, _ in
                // http/1.1 or an alert: an event stream is served over nothing else here (RFC 7301, 3.2).
                let known: StaticString = "\u{8}http/1.1"
                let status = SSL_select_next_proto(
                    UnsafeMutablePointer(mutating: output).map {
                        UnsafeMutableRawPointer($0).assumingMemoryBound(to: UnsafeMutablePointer<UInt8>?.self)
                    },
                    outputLength,
                    known.utf8Start,
                    9,
                    offered,
                    offeredLength
                )
                return status == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL
            },
            nil
        )
    }

    /// A context with a certificate chain and its key from PEM files.
    ///
    /// - Throws: ``TLSContextError`` where either cannot be read or they do not belong together.
    public convenience init(certificateFile: String, keyFile: String) throws(TLSContextError) {
        try self.init(bare: ())
        guard SSL_CTX_use_certificate_chain_file(context, certificateFile) == 1 else {
            throw .last("cannot read a certificate from \"\(certificateFile)\"")
        }
        guard SSL_CTX_use_PrivateKey_file(context, keyFile, SSL_FILETYPE_PEM) == 1 else {
            throw .last("cannot read a private key from \"\(keyFile)\"")
        }
        guard SSL_CTX_check_private_key(context) == 1 else {
            throw .last("the key in \"\(keyFile)\" is not that of the certificate in \"\(certificateFile)\"")
        }
    }

    /// A context with a certificate that signs itself.
    ///
    /// - Throws: ``TLSContextError`` where OpenSSL refuses the certificate.
    public convenience init(_ certificate: SelfSignedCertificate) throws(TLSContextError) {
        try self.init(bare: ())
        guard SSL_CTX_use_certificate(context, certificate.certificate) == 1,
            SSL_CTX_use_PrivateKey(context, certificate.key) == 1
        else { throw .last("cannot use the self-signed certificate") }
    }

    deinit { SSL_CTX_free(context) }
}
