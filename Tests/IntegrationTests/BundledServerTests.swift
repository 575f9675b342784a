import Glibc
import Testing
import Vocabulary

extension Integration {
    /// The bundled server, as a run's child.
    @Suite struct BundledServerTests {
        @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
        func endsWithTheRun(signal: Int32) throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let profile = try folder.write(
                """
                target: { url: reference }
                scenarios: [{ name: held, connections: 5, hold: 10m }]
                """,
                to: "held.yaml"
            )
            // A killed run cannot take away its own temporary files.
            let environment = ["TMPDIR": folder.path]
            let run = try RunningProgram(
                try Program.hydrotest(),
                ["run", profile],
                in: folder,
                environment: environment
            )
            defer { run.stop() }
            let child = try Polling.wait(for: "the bundled server") { ProcessTable.children(of: run.pid).first }
            run.send(signal)
            #expect(try run.wait(timeout: 20 * .perSecond) == (signal == SIGKILL ? 128 + SIGKILL : 130))
            try Polling.wait(for: "the bundled server's end") { ProcessTable.isRunning(child) ? nil : () }
        }
    }
}
