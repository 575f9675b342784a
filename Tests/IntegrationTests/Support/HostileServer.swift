import Vocabulary

/// The scripted servers that break their promises, one port for each hostility.
struct HostileServer {
    private static let hostilities = 13

    /// The program.
    let program: RunningProgram
    /// The addresses by the hostility's name.
    let addresses: [String: String]

    /// Starts the servers and reads their ports; to be stopped at the test's end.
    ///
    /// - Parameter certificate: what one more server, `tls`, presents.
    /// - Throws: ``SupportError`` where they do not print them.
    init(certificate: Certificate? = nil, in folder: TemporaryFolder) throws {
        guard let node = Program.path("node") else { throw SupportError(Requirement.node.description) }
        var environment: [String: String] = [:]
        if let certificate {
            environment = ["CERT": certificate.certificateFile, "KEY": certificate.keyFile]
        }
        program = try RunningProgram(node, [Program.server("hostile-server.js")], in: folder, environment: environment)
        do {
            let count = Self.hostilities + (certificate == nil ? 0 : 1)
            let words = try program.lines(containing: " ", count: count).map { $0.split(separator: " ") }
            addresses = Dictionary(
                words.map { ("\($0[0])", "\($0[0] == "tls" ? "https" : "http")://127.0.0.1:\($0[1])/events") }
            ) { first, _ in first }
        } catch {
            program.stop()
            throw error
        }
    }
}
