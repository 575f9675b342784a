import EventLoop
import Foundation
import TestTurns
import Testing
import Transport
import Vocabulary

@Suite(Turn.sideBySide) struct VerificationTests {
    private func outcome(
        _ certificate: SelfSignedCertificate,
        trusted: Bool,
        name: String = "localhost",
        verify: Bool = true
    ) throws -> HandshakeResult {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pem")
        try certificate.certificatePEM.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        var options = TLSClientContext.Options()
        options.verify = verify
        if trusted { options.authorityFile = file.path }
        let pair = try Pair(tls: TLSClientContext(serverName: name, options: options))
        let server = try ByteStream.accepted(pair.accepted, tls: TLSServerContext(certificate))
        defer {
            pair.client.close()
            server.close()
        }
        return try pair.shake(with: server).client
    }

    private func failureName(_ result: HandshakeResult) -> String? {
        if case .failed(let failure) = result { failure.name } else { nil }
    }

    @Test func aTrustedCertificateIsAccepted() throws {
        #expect(try outcome(SelfSignedCertificate(), trusted: true) == .established)
    }

    @Test func anAddressIsVerifiedAsAnAddress() throws {
        #expect(try outcome(SelfSignedCertificate(), trusted: true, name: "127.0.0.1") == .established)
        let other = try SelfSignedCertificate(names: "IP:127.0.0.2")
        #expect(try failureName(outcome(other, trusted: true, name: "127.0.0.1")) == "TLS_IP_ADDRESS_MISMATCH")
    }

    @Test func anUnknownCertificateIsNamed() throws {
        #expect(try failureName(outcome(SelfSignedCertificate(), trusted: false)) == "TLS_SELF_SIGNED_CERTIFICATE")
    }

    @Test func anExpiredCertificateIsNamed() throws {
        let expired = try SelfSignedCertificate(validFrom: -7_200, validUntil: -3_600)
        #expect(try failureName(outcome(expired, trusted: true)) == "TLS_CERTIFICATE_HAS_EXPIRED")
    }

    @Test func aCertificateOfAnotherHostIsNamed() throws {
        #expect(
            try failureName(outcome(SelfSignedCertificate(), trusted: true, name: "other.example"))
                == "TLS_HOSTNAME_MISMATCH"
        )
    }

    @Test func verificationCanBeSwitchedOff() throws {
        let expired = try SelfSignedCertificate(validFrom: -7_200, validUntil: -3_600)
        #expect(try outcome(expired, trusted: false, name: "other.example", verify: false) == .established)
    }

    @Test func aMissingAuthorityFileIsAnError() {
        var options = TLSClientContext.Options()
        options.authorityFile = "/nonexistent/ca.pem"
        #expect(throws: TLSContextError.self) { try TLSClientContext(serverName: "localhost", options: options) }
    }
}
