import ArgumentParser
import Glibc
import HydrotestKit

@main
struct Hydrotest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hydrotest",
        abstract: "Load, leak and heartbeat tests for servers that send Server-Sent Events.",
        discussion: """
            Opens thousands of plain or TLS streams, drops them at chosen or random stages of their handshake, and says \
            from outside what state the server leaked and how its heartbeats behave.

            Example: hydrotest run Profiles/smoke.yaml
            """,
        version: Version.current,
        subcommands: [
            RunCommand.self, MatrixCommand.self, RaceCommand.self, TapCommand.self, CheckCommand.self,
            FuzzCommand.self, ReplayCommand.self, ServeCommand.self, SelftestCommand.self, ReportCommand.self,
            InitCommand.self, DoctorCommand.self, SchemaCommand.self, ManualCommand.self,
        ]
    )

    static func main() {
        // A closed pipe is an error of a write, not of the process.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that may not grow any further (RLIMIT_FSIZE).
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            if !failure.message.isEmpty { Output.error("hydrotest: \(failure.message)") }
            Glibc.exit(failure.code)
        } catch {
            exit(withError: error)
        }
    }
}

/// A command's end with an exit code and a message for a person.
struct CommandFailure: Error {
    /// The exit code.
    let code: Int32
    /// What went wrong and what to do next; empty where everything has been said.
    let message: String
}
