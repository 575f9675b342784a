import ArgumentParser
import HydrotestKit
import Schema

/// `hydrotest schema`: the schemas of profiles and reports.
struct SchemaCommand: ParsableCommand {
    /// What there is a schema of.
    enum Subject: String, CaseIterable, ExpressibleByArgument {
        /// Profiles, which `hydrotest run` reads.
        case profile
        /// Reports, `report.json`.
        case report
    }

    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of profiles or reports.",
        discussion: """
            The dialect is 2020-12. Editors with a YAML language server complete a profile whose first line is \
            # yaml-language-server: $schema=profile.schema.json

            Exit codes: 0 printed; 64 bad usage.

            Example: hydrotest schema profile > profile.schema.json
            """
    )

    @Argument(help: "profile or report.")
    var subject: Subject

    func run() throws {
        do {
            Output.line(subject == .profile ? ProfileSchema.document : try ReportSchema.document())
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: "the schema cannot be made: \(error)")
        }
    }
}
