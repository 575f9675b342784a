import Foundation
import Testing
import Vocabulary

extension Integration {
    /// `hydrotest init` at streams that end while they are looked at.
    @Suite(.needs(.node)) struct InitEndsTests {
        private func look(_ kind: String, age: Int, time: String) throws -> (result: CommandResult, profile: String) {
            guard let node = Program.path("node") else { throw SupportError(Requirement.node.description) }
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let environment = ["KIND": kind, "AGE_MS": "\(age)"]
            let words = [Program.server("ending-streams.js")]
            let server = try RunningProgram(node, words, in: folder, environment: environment)
            defer { server.stop() }
            let address = try server.lines(containing: "http://")[0]
            let made = try Command.hydrotest(["init", address + "/", "-o", "made.yaml", "--for", time], in: folder)
            let text = try String(contentsOfFile: folder.file("made.yaml"), encoding: .utf8)
            return (made, text)
        }

        /// Streams that beat, and end at one age all the same: no timeout for silent clients.
        @Test func oneAgeIsTold() throws {
            let (made, text) = try look("recycle", age: 1_500, time: "2s")
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            let line = try #require(made.output.split(separator: "\n").first { $0.contains("the server ended") })
            #expect(line.contains("2 of 2 streams at one age, 1.") && line.hasSuffix(", in good order"), "\(line)")
            #expect(text.contains(/# Streams ended at an age of 1\d00ms, silent or not: that is no timeout/), "\(text)")
            #expect(!text.contains("\n  inactivity:"), "\(text)")
            #expect(text.contains(/hold: [78]\d0ms +# half as long/), "\(text)")
        }

        /// Each is silent for as long before it ends, at ages that differ.
        @Test func aTimeoutForSilentClientsIsFound() throws {
            let (made, text) = try look("idle", age: 1_500, time: "4s")
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            #expect(made.output.contains("the server ended 3 of 3 streams after 1."), "\(made.output)")
            #expect(made.output.contains("each ended after 1."), "\(made.output)")
            let line = /\n  inactivity: 1\d00ms +# the server ended streams that were silent for so long/
            #expect(text.contains(line), "\(text)")
        }

        /// A stream that breaks leaves a profile, and is told from one that ends in good order.
        @Test func aStreamThatBreaksLeavesAProfile() throws {
            let (made, text) = try look("cut", age: 600, time: "1s")
            #expect(made.exitCode == 0, "\(made.errorOutput)")
            let line = /the server ended . of . streams .*, not in good order: [A-Z_]+/
            #expect(made.output.contains(line), "\(made.output)")
            #expect(text.contains("not in good order"))
            #expect(!text.contains("\n  inactivity:"), "\(text)")
        }
    }
}
