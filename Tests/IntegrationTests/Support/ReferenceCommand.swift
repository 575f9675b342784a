import Foundation
import Vocabulary

/// `hydrotest serve`, as a person starts it.
struct ReferenceCommand {
    /// The program.
    let program: RunningProgram
    /// The plain address, without a path.
    let plain: String
    /// The TLS address, without a path; nil where it was not asked for.
    let tls: String?

    /// Starts the server and reads its addresses; to be stopped at the test's end.
    ///
    /// - Throws: ``SupportError`` where it does not print them.
    init(_ arguments: [String] = [], certificate: Certificate? = nil, in folder: TemporaryFolder) throws {
        var words = ["serve", "--port", "0"] + arguments
        if let certificate {
            words += ["--tls-port", "0", "--cert", certificate.certificateFile, "--key", certificate.keyFile]
        }
        let program = try RunningProgram(try Program.hydrotest(), words, in: folder)
        self.program = program
        do {
            let lines = try program.lines(containing: "://", count: certificate == nil ? 1 : 2)
            guard let plain = lines.first(where: { $0.hasPrefix("http://") }) else {
                throw SupportError("no plain address in \(lines)")
            }
            self.plain = plain
            tls = lines.first { $0.hasPrefix("https://") }
        } catch {
            program.stop()
            throw error
        }
    }

    /// How it stands, for the message of a failure: whether it runs, what it counts, and what a client of each port meets.
    func account(in folder: TemporaryFolder) -> String {
        let looks = [plain, tls].compactMap { address -> String? in
            guard let address else { return nil }
            let arguments = ["--verbose", "--insecure", "--max-time", "5", "\(address)/metrics"]
            do {
                let look = try Command.run(named: "curl", arguments, in: folder)
                return "curl of \(address): exit code \(look.exitCode)\n\(look.errorOutput)\n\(look.output)"
            } catch {
                return "curl of \(address): \(error)"
            }
        }
        return ([program.account] + looks).joined(separator: "\n")
    }

    /// A gauge by the server's own word.
    ///
    /// - Throws: ``SupportError`` where the server does not answer, or has no such gauge.
    func gauge(_ name: String) throws -> Int {
        guard let port = plain.split(separator: ":").last.flatMap({ UInt16($0) }) else {
            throw SupportError("no port in \(plain)")
        }
        let state = try Loopback.get("/debug/state", port: port)
        guard let value = try JSONDecoder().decode([String: Int].self, from: Data(state.utf8))[name] else {
            throw SupportError("no gauge \(name) in \(state)")
        }
        return value
    }
}
