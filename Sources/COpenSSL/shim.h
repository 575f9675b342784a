#pragma once
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// OpenSSL spells many calls as macros over a variadic control function; Swift imports neither.

static inline long hydrotest_ssl_ctx_set_min_proto_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version);
}

static inline long hydrotest_ssl_ctx_set_max_proto_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_max_proto_version(context, version);
}

static inline long hydrotest_ssl_ctx_set_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_mode(context, mode);
}

static inline void hydrotest_ssl_ctx_set_read_ahead(SSL_CTX *context) { SSL_CTX_set_read_ahead(context, 1); }

// The SSL_OP_ constants are casts, which Swift does not import.
static inline void hydrotest_ssl_ctx_set_common_options(SSL_CTX *context) {
    // A peer that closes without close_notify ends its stream; it is no failure of the session.
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_RENEGOTIATION);
}

static inline long hydrotest_ssl_ctx_set_session_cache_mode(SSL_CTX *context, long mode) {
    return SSL_CTX_set_session_cache_mode(context, mode);
}

static inline long hydrotest_ssl_set_tlsext_host_name(SSL *ssl, const char *name) {
    return SSL_set_tlsext_host_name(ssl, name);
}

static inline void hydrotest_bio_set_retry_read(BIO *bio) { BIO_set_retry_read(bio); }
static inline void hydrotest_bio_set_retry_write(BIO *bio) { BIO_set_retry_write(bio); }
static inline void hydrotest_bio_clear_retry_flags(BIO *bio) { BIO_clear_retry_flags(bio); }

static inline EVP_PKEY *hydrotest_ec_p256_key(void) { return EVP_EC_gen("P-256"); }
