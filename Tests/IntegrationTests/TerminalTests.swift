import Testing
import Vocabulary

extension Integration {
    /// The command on a terminal, and away from one.
    @Suite(.needs(.script)) struct TerminalTests {
        @Test func showsProgressAndColoursOnATerminalOnly() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(
                """
                target: { url: reference }
                scenarios: [{ name: held, connections: 5, hold: 1s }]
                leak: { baseline: 0s, settle: 1s }
                """,
                to: "held.yaml"
            )
            let run = ["run", profile, "--report-dir", folder.file("report")]
            let away = try Command.hydrotest(run, in: folder)
            #expect(away.errorOutput == "")
            #expect(!away.output.contains("\r"))
            #expect(!away.output.contains("\u{1B}"))

            let words = [try Program.hydrotest()] + run
            let script = ["--quiet", "--return", "--command", words.joined(separator: " "), folder.file("typescript")]
            let terminal = try Command.run(
                named: "env",
                ["--unset", "NO_COLOR", "TERM=xterm", "script"] + script,
                in: folder
            )
            #expect(terminal.exitCode == 0)
            #expect(terminal.output.contains("5 of 5 started"))
            #expect(terminal.output.contains("held · load · 00:0"))
            #expect(terminal.output.contains("\u{1B}[1m"))
            // The picture is gone before the report is printed.
            let end = try #require(terminal.output.ranges(of: "\u{1B}[J").last)
            #expect(terminal.output[end.upperBound...].contains("PASS"))
            #expect(!terminal.output[end.upperBound...].contains("started"))
        }
    }
}
