import Foundation
import Glibc
import TestTurns
import Testing
import Vocabulary

extension Integration {
    /// The help of every command: its exit codes, and examples that work as they are printed.
    @Suite struct HelpTests {
        /// Those whose examples need no file that another command has made.
        private static let tried = [
            "run", "matrix", "race", "tap", "check", "init", "serve", "selftest", "doctor", "schema", "manual",
        ]
        private static let commands = tried + ["fuzz", "replay", "report"]

        /// What makes a long example short enough for a test.
        private static let shorter = [
            "matrix": ["--cycles", "2", "--drops", "5", "--stages", "request-sent,streaming"],
            "race": ["--budget", "400"],
            "selftest": [
                "--seeds", "1", "--faults", "timer-leak", "--transport", "plain", "--clean-runs", "0",
                "--clean-with-neighbour", "0", "--clean-recycling", "0",
            ],
        ]

        /// What else than 0 an example may end with.
        ///
        /// A server with a bug fails the run, as it should, and what runs beside it may break a threshold; timeout(1) says 124.
        private static let exitCodes: [String: Set<Int32>] = [
            "run": [0, 1], "matrix": [0, 1], "race": [0, 1], "selftest": [0, 1], "serve": [124],
        ]

        /// The example commands of a help text, each on a line of its own.
        private static func examples(in help: String) -> [String] {
            // A line that ends with a backslash goes on.
            help.replacing(/\\\n */, with: "").split(separator: "\n").compactMap { line in
                let words = line.drop { $0 == " " }
                for prefix in ["Example: ", "Examples: ", ""] where words.hasPrefix(prefix + "hydrotest ") {
                    return String(words.dropFirst(prefix.count))
                }
                return nil
            }
        }

        @Test func theCommandsAreThese() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let help = try Command.hydrotest(["--help"], in: folder).output
            for command in Self.commands { #expect(help.contains("\n  \(command) ")) }
            let listed = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }.dropFirst()
                .filter { $0.hasPrefix("  ") && $0.dropFirst(2).first?.isLowercase == true }
            #expect(listed.count == Self.commands.count)
        }

        /// All at once, as most of them wait.
        @Test(Turn.alone) func examplesWorkAsPrinted() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let server = try ReferenceCommand(["--heartbeat", "300ms"], in: folder)
            defer { server.program.stop() }
            var runs: [ExampleRun] = []
            defer { runs.forEach { $0.stop() } }
            for command in Self.tried {
                let help = try Command.hydrotest([command, "--help"], in: folder).output
                #expect(help.contains("Exit codes: 0 "))
                let examples = Self.examples(in: help)
                #expect(!examples.isEmpty)
                for example in examples {
                    // Another program may have the port that is printed.
                    var line = example.replacing("http://127.0.0.1:8080", with: server.plain)
                    if command == "serve" { line = "timeout -s INT 2 \(line.replacing("8080", with: "0"))" }
                    let words = ([line] + (Self.shorter[command] ?? [])).joined(separator: " ")
                    runs.append(try ExampleRun(example, as: words))
                }
            }
            for run in runs {
                let exitCode = try run.program.wait(timeout: 180 * .perSecond)
                let expected = Self.exitCodes[String(run.example.split(separator: " ")[1])] ?? [0]
                #expect(expected.contains(exitCode), "\(run.example): \(run.program.errorOutput)")
            }
        }

        @Test(arguments: ["bash", "zsh", "fish"]) func completionsAreMade(shell: String) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let result = try Command.hydrotest(["--generate-completion-script", shell], in: folder)
            #expect(result.exitCode == 0)
            for command in Self.commands { #expect(result.output.contains(command)) }
            guard shell == "bash" else { return }
            let file = try folder.write(result.output, to: "completion.bash")
            #expect(try Command.run(named: "bash", ["-n", file], in: folder).exitCode == 0)
        }

        @Test(.needs(.mandoc)) func theManualIsAPage() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let page = try Command.hydrotest(["manual"], in: folder)
            #expect(page.exitCode == 0)
            let file = try folder.write(page.output, to: "hydrotest.1")
            let lint = try Command.run(named: "mandoc", ["-T", "lint", "-W", "warning", file], in: folder)
            #expect(lint.output == "")
            let text = try Command.run(named: "sh", ["-c", "mandoc -T ascii \"$1\" | col -b", "sh", file], in: folder)
            for command in Self.commands { #expect(text.output.contains("hydrotest \(command)")) }
            #expect(text.output.contains("--metrics-port"))
        }

        @Test func theDoctorsDocumentIsJSON() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let result = try Command.hydrotest(["doctor", "--json"], in: folder)
            let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            #expect(document?["schema"] as? String == "hydrotest.doctor/1")
            #expect((document?["checks"] as? [Any])?.count ?? 0 > 5)
        }
    }
}
