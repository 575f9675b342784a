import Glibc
import ArgumentParser
import HydrotestKit
import Report

/// `hydrotest report recover`: the report of a run that died.
struct RecoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Make the report of a run that died, of its journal.",
        discussion: """
            While a run lasts, its record is written to run.journal in the report folder every five seconds. Where the run \
            was killed, or the machine lost its power, this makes the report of everything up to the last whole entry, \
            and says what cannot be read. The journal is kept as run.journal.recovered.

            Example: hydrotest report recover Reports/soak
            """
    )

    @Argument(help: "The report folder of the run.")
    var folder: String

    @Option(help: "The journal's name in the folder.")
    var journal = "run.journal"

    func run() throws {
        let recovery: Recovery
        do {
            recovery = try Recovery(folder: folder, journal: journal)
        } catch {
            let isInUse = if case .inUse = error { true } else { false }
            throw CommandFailure(
                code: isInUse ? ExitCode.badUsage : ExitCode.badProfile,
                message: error.description
            )
        }
        for sentence in recovery.unreadable { Output.error("hydrotest: not readable: \(sentence)") }
        do {
            try ReportDirectory(folder).write(recovery.document)
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: error.description)
        }
        let text = TerminalReport(
            recovery.document,
            width: TerminalSize.current(of: STDOUT_FILENO).columns,
            color: Output.hasColor
        ).render()
        Output.line(text)
        Output.line("report: \(folder)/report.html")
        if let aside = recovery.setAside() { Output.line("journal: \(aside)") }
    }
}
