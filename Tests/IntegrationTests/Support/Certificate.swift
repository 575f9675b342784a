import Vocabulary

/// A self-signed certificate for localhost, made by OpenSSL's own tool.
struct Certificate: Sendable {
    /// The PEM file of the certificate.
    let certificateFile: String
    /// The PEM file of its key.
    let keyFile: String

    /// Makes a certificate.
    ///
    /// - Parameter expired: whether it ran out yesterday.
    /// - Throws: ``SupportError`` with what the tool says.
    init(in folder: TemporaryFolder, expired: Bool = false) throws {
        certificateFile = folder.file("certificate.pem")
        keyFile = folder.file("key.pem")
        let request = folder.file("request.pem")
        let extensions = try folder.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n", to: "extensions.txt")
        try Self.openssl(
            ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
                + ["-subj", "/CN=localhost", "-keyout", keyFile, "-out", request],
            in: folder
        )
        try Self.openssl(
            ["x509", "-req", "-in", request, "-signkey", keyFile, "-days", expired ? "-1" : "2"]
                + ["-extfile", extensions, "-out", certificateFile],
            in: folder
        )
    }

    private static func openssl(_ arguments: [String], in folder: TemporaryFolder) throws {
        let result = try Command.run(named: "openssl", arguments, in: folder)
        guard result.exitCode == 0 else { throw SupportError("openssl: \(result.errorOutput)") }
    }
}
