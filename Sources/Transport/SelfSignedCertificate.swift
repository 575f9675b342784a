import COpenSSL
import Glibc

/// A P-256 key and a certificate for `localhost` that it signed itself, made in memory (RFC 5280).
public final class SelfSignedCertificate: @unchecked Sendable {
    let certificate: OpaquePointer
    let key: OpaquePointer

    /// Makes a key and its certificate.
    ///
    /// - Parameters:
    ///   - names: the subject alternative names, as OpenSSL writes them.
    ///   - validFrom: when it becomes valid, in seconds from now.
    ///   - validUntil: when it expires, in seconds from now; in the past for an expired one.
    /// - Throws: ``TLSContextError`` where OpenSSL refuses.
    public init(
        names: String = "DNS:localhost,IP:127.0.0.1,IP:::1",
        validFrom: Int = -3_600,
        validUntil: Int = 365 * 86_400
    ) throws(TLSContextError) {
        guard let key = hydrotest_ec_p256_key() else { throw TLSContextError.last("cannot make a key") }
        guard let certificate = X509_new() else {
            EVP_PKEY_free(key)
            throw TLSContextError.last("cannot make a certificate")
        }
        self.key = key
        self.certificate = certificate
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int.random(in: 1...Int(Int32.max)))
        X509_gmtime_adj(X509_getm_notBefore(certificate), validFrom)
        X509_gmtime_adj(X509_getm_notAfter(certificate), validUntil)
        X509_set_pubkey(certificate, key)
        let subject = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, "localhost", -1, -1, 0)
        X509_set_issuer_name(certificate, subject)
        for (kind, value) in [(NID_basic_constraints, "critical,CA:TRUE"), (NID_subject_alt_name, names)] {
            guard let added = X509V3_EXT_conf_nid(nil, nil, kind, value) else {
                throw TLSContextError.last("cannot add \"\(value)\" to the certificate")
            }
            X509_add_ext(certificate, added, -1)
            X509_EXTENSION_free(added)
        }
        guard X509_sign(certificate, key, EVP_sha256()) > 0 else {
            throw TLSContextError.last("cannot sign the certificate")
        }
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    /// The certificate in PEM, for a client that is to trust it.
    public var certificatePEM: String { Self.text { PEM_write_bio_X509($0, certificate) } }

    /// The private key in PEM, for another server to use.
    public var keyPEM: String { Self.text { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) } }

    private static func text(_ write: (OpaquePointer?) -> Int32) -> String {
        guard let memory = BIO_new(BIO_s_mem()) else { fatalError("OpenSSL is out of memory") }
        defer { BIO_free(memory) }
        _ = write(memory)
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        let count = BIO_read(memory, &bytes, Int32(bytes.count))
        return String(decoding: bytes.prefix(max(0, Int(count))), as: UTF8.self)
    }
}
