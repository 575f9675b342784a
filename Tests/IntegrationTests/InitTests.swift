import Foundation
import Glibc
import Testing

extension Integration {
    /// A first profile, made by looking.
    @Suite(.needs(.openssl)) struct InitTests {
        @Test(arguments: [false, true]) func theProfileRunsAsItIs(tls: Bool) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(
                ["--heartbeat", "300ms"],
                certificate: Certificate(in: folder),
                in: folder
            )
            defer { server.program.stop() }
            let address = (tls ? try #require(server.tls) : server.plain) + "/events"
            let made = try Command.hydrotest(["init", address, "--output", "made.yaml", "--for", "3s"], in: folder)
            #expect(made.exitCode == 0)
            #expect(made.output.contains("HTTP 200, text/event-stream"))
            #expect(made.output.contains("heartbeat: comment every 300 ms"))
            #expect(made.output.contains("certificate not trusted: TLS_SELF_SIGNED_CERTIFICATE") == tls)
            #expect(made.output.contains("TLSv1.3") == tls)
            let (result, report) = try Command.profile("made.yaml", in: folder)
            #expect(result.exitCode == 0)
            #expect(report.connections.failed == 0)
            #expect(report.connections.dropped == 200)
            #expect(report.heartbeat.streams == 50)
        }

        /// What init writes finds the race that the process alone does not show.
        @Test(.needs(.node)) func theServersOwnMapsAreFound() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try RacyNodeServer(isFixed: false, inspected: true, in: folder)
            defer { server.program.stop() }
            let address = server.address + "/events"
            let made = try Command.hydrotest(["init", address, "--output", "made.yaml", "--for", "1s"], in: folder)
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            #expect(made.output.contains("/debug/state\": clients sees streams (1 a stream)"), "\(made.output)")
            let port = try #require(server.inspectorPort)
            #expect(made.output.contains("state: inspector \(port): clients sees streams"), "\(made.output)")
            let words = ["--set", "scenarios.droppers.drop.stages=[request-sent]", "--set", "leak.settle=500ms"]
            let (result, report) = try Command.profile("made.yaml", words, in: folder)
            #expect(result.exitCode == 1, "\(result.output)")
            #expect(report.hasPermanentLeak(of: "clients", at: "request-sent"), "\(report.leaks)")
        }

        /// An inspector that is slow to say what it is, as on a busy machine, is waited for; what it then refuses is told.
        @Test(.needs(.node)) func aSlowInspectorIsWaitedForAndNeverLeftOut() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            guard let node = Program.path("node") else { throw SupportError(Requirement.node.description) }
            let words = [Program.server("slow-inspector.js")]
            let server = try RunningProgram(node, words, in: folder, environment: ["DELAY_MS": "3000"])
            defer { server.stop() }
            let address = try server.lines(containing: "http://")[0] + "/events"
            let port = try server.lines(containing: "inspector ")[0]
            let made = try Command.hydrotest(["init", address, "--output", "made.yaml", "--for", "1s"], in: folder)
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            let line = "\(port): it is there, but did not list its variables: "
            #expect(made.output.contains(line), "\(made.output)")
            let text = try String(contentsOfFile: folder.file("made.yaml"), encoding: .utf8)
            #expect(text.contains(line), "\(text)")
        }

        /// Where nothing is found, the profile says so first, and the command last.
        @Test func whatCannotBeSeenIsSaid() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(["--fault", "blind-gauge"], in: folder)
            defer { server.program.stop() }
            let words = ["init", server.plain + "/events", "--output", "made.yaml", "--for", "1s"]
            let made = try Command.hydrotest(words, in: folder)
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            #expect(made.output.contains("a leak in its own maps will not be seen"), "\(made.output)")
            let text = try String(contentsOfFile: folder.file("made.yaml"), encoding: .utf8)
            #expect(text.hasPrefix("# Nothing was found that sees what the application holds"))
        }

        @Test func aKnownAuthorityIsWrittenDown() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let certificate = try Certificate(in: folder)
            let server = try ReferenceCommand(certificate: certificate, in: folder)
            defer { server.program.stop() }
            let address = try #require(server.tls).replacing("127.0.0.1", with: "localhost") + "/events"
            let words = ["init", address, "--ca", certificate.certificateFile, "--for", "1s"]
            let made = try Command.hydrotest(words, in: folder)
            #expect(made.exitCode == 0)
            #expect(made.output.contains("tls: { ca: \"\(certificate.certificateFile)\" }"))
            #expect(!made.output.contains("verify: false"))
        }

        @Test func nothingIsOverwritten() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let file = try folder.write("mine", to: "mine.yaml")
            let result = try Command.hydrotest(["init", "http://127.0.0.1:1/", "-o", file], in: folder)
            #expect(result.exitCode == 64)
            #expect(result.errorOutput.contains("--force"))
        }

        @Test func whatIsNotThereIs69AndWhatIsNoStreamIs1() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(in: folder)
            defer { server.program.stop() }
            #expect(try Command.hydrotest(["init", "http://127.0.0.1:1/"], in: folder).exitCode == 69)
            let page = try Command.hydrotest(["init", server.plain + "/debug/state"], in: folder)
            #expect(page.exitCode == 1)
            #expect(page.errorOutput.contains("NOT_AN_EVENT_STREAM"))
        }
    }
}
