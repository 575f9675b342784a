import Foundation
import Testing
import Vocabulary

extension Integration {
    /// `hydrotest init` at endpoints that must be asked for in a certain way, or that send elsewhere.
    @Suite(.needs(.node)) struct InitRequestTests {
        /// Starts the scripted server.
        private func server(_ certificate: Certificate? = nil, in folder: TemporaryFolder) throws -> RunningProgram {
            guard let node = Program.path("node") else { throw SupportError(Requirement.node.description) }
            let variables = certificate.map { ["CERT": $0.certificateFile, "KEY": $0.keyFile] } ?? [:]
            return try RunningProgram(node, [Program.server("asking-server.js")], in: folder, environment: variables)
        }

        private func look(_ address: String, _ words: [String] = [], in folder: TemporaryFolder) throws
            -> (result: CommandResult, profile: String)
        {
            let words = ["init", address, "--output", "made.yaml", "--force", "--for", "700ms"] + words
            let result = try Command.hydrotest(words, in: folder)
            let profile = FileManager.default.contents(atPath: folder.file("made.yaml"))
            return (result, String(decoding: profile ?? Data(), as: UTF8.self))
        }

        /// A POST with a body and secrets, sent on by a 307, makes a profile that runs and gives no secret away.
        @Test func theWholeRequestIsWrittenDown() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try server(in: folder)
            defer { server.stop() }
            let base = try server.lines(containing: "http://")[0]
            let body = #"{"stream": true, "password": "sec\"ret", "text": "a\n${b} ü"}"#
            let (made, text) = try look(
                base + "/old/chat?access_token=sesame",
                ["-d", body, "-H", "Authorization: Bearer hush"],
                in: folder
            )
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            #expect(made.output.contains("redirected: 307 to \(base)/chat?access_token=•••\n"), "\(made.output)")
            #expect(made.output.contains("state: http"), "\(made.output)")
            #expect(text.contains("  method: POST\n"))
            #expect(text.contains("url: \"\(base)/chat?access_token=${ACCESS_TOKEN}\""), "\(text)")
            for secret in ["hush", "sesame", #"sec\"#] {
                #expect(!(text + made.output + made.errorOutput).contains(secret), "\(text)\(made.output)")
            }
            let environment = ["AUTHORIZATION": "Bearer hush", "ACCESS_TOKEN": "sesame", "PASSWORD": #"sec\"ret"#]
            let (result, report) = try Command.profile("made.yaml", environment: environment, in: folder)
            #expect(result.exitCode == 0, "\(result.output)\(result.errorOutput)")
            #expect(report.connections.failed == 0)
            #expect(report.heartbeat.streams == 50)
        }

        @Test func a303IsFollowedWithGET() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try server(in: folder)
            defer { server.stop() }
            let base = try server.lines(containing: "http://")[0]
            let (made, text) = try look(base + "/done", ["-d", "a=b"], in: folder)
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            let line = "redirected: 303 to \(base)/events (as GET, without its body)\n"
            #expect(made.output.contains(line), "\(made.output)")
            for key in ["  method:", "  body:", "Content-Type:"] { #expect(!text.contains(key), "\(text)") }
        }

        /// The other host refuses a request that carries credentials.
        @Test func credentialsGoToNoOtherHost() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try server(in: folder)
            defer { server.stop() }
            let base = try server.lines(containing: "http://")[0]
            let headers = ["-H", "Authorization: Bearer hush", "-H", "Cookie: a=b", "-H", "X-Tenant: a"]
            let (made, text) = try look(base + "/away", headers, in: folder)
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            #expect(made.output.contains("/bare (without Authorization, Cookie)\n"), "\(made.output)")
            #expect(text.contains("X-Tenant: \"a\"") && !text.contains("Authorization:"), "\(text)")
        }

        @Test func whatLeadsNowhereIsNamed() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try server(in: folder)
            defer { server.stop() }
            let base = try server.lines(containing: "http://")[0]
            for (path, name) in [("/loop", "REDIRECT_LOOP"), ("/on?1", "LIMIT_REDIRECTS")] {
                let (made, text) = try look(base + path, in: folder)
                #expect(made.exitCode == 1)
                #expect(made.errorOutput.contains(name), "\(made.errorOutput)")
                #expect(text.isEmpty)
            }
        }

        /// TLS that ends on the way is told; a certificate that nobody looked at is never called verified.
        @Test(.needs(.openssl)) func whatIsNotVerifiedIsNotCalledSo() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder)
            let server = try server(certificate, in: folder)
            defer { server.stop() }
            let secure = try server.lines(containing: "https://")[0]
            let down = try look(secure + "/events", ["--insecure"], in: folder)
            #expect(down.result.exitCode == 0, "\(down.result.errorOutput)")
            let line = "from https to http: what follows goes unencrypted"
            #expect(down.result.output.contains(line), "\(down.result.output)")
            let reference = try ReferenceCommand(certificate: certificate, in: folder)
            defer { reference.program.stop() }
            let (made, text) = try look(try #require(reference.tls) + "/events", ["-k"], in: folder)
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            let fact = "TLSv1.3, certificate not looked at, as --insecure was given"
            #expect(made.output.contains(fact), "\(made.output)")
            #expect(!(made.output + text).contains(", verified"))
            #expect(!text.contains("not trusted"), "\(text)")
            #expect(text.contains("verify: false"))
        }
    }
}
