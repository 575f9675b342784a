import ArgumentParser
import Foundation
import HydrotestKit
import Report
import RunProfile
import Vocabulary

/// `hydrotest run`: carries out a profile and judges it.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Carry out a profile, judge the server, write a report.",
        discussion: """
            Exit codes: 0 pass; 1 a threshold or finding failed; 64 bad usage; 65 bad profile; 69 target unreachable; \
            70 internal error; 130 interrupted (the report is written all the same).

            Example: hydrotest run Profiles/smoke.yaml --set scenarios.listeners.connections=500
            """
    )

    @Argument(help: "The profile, a YAML file.")
    var profile: String

    @Option(
        name: .customLong("set"),
        help: "A value in place of the profile's: KEY.PATH=VALUE; may be given several times."
    )
    var overrides: [String] = []

    @Option(help: "The seed that stages, manners and delays are drawn from, in place of the profile's.")
    var seed: UInt64?

    @Option(help: "The folder for report.json.gz, report.html and report.html.gz (default: Reports/NAME).")
    var reportDir: String?

    @Flag(help: "Print the verdict only.")
    var quiet = false

    @Option(help: "A host that welcomes the load, where it is not this machine; may be given several times.")
    var authorize: [String] = []

    @Option(
        help:
            "Threads that carry the load, each with an event loop of its own (default: one a core, as far as they pay)."
    )
    var workers: Int?

    func run() throws {
        guard workers.map((1...256).contains) ?? true else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--workers must be 1 to 256")
        }
        guard reportDir != "" else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--report-dir needs a folder")
        }
        var options = RunOptions()
        options.overrides = overrides.map { ProfileOverride($0) }
        if let seed { options.overrides.append(ProfileOverride("seed=\(seed)")) }
        options.environment = ProcessInfo.processInfo.environment
        options.authorizedHosts = authorize
        options.workers = workers
        options.command = CommandLine.arguments.map(ShellText.quote).joined(separator: " ")
        let outcome: RunOutcome
        let interrupts = try InterruptWatch()
        let line = ProgressLine(quiet: quiet)
        do throws(RunError) {
            let run = try ProfileRun(file: profile, options: options, interrupts: interrupts)
            try ReportFolder.check(folder(run.name))
            outcome = try run.run { line.show($0) }
            line.clear()
        } catch {
            line.clear()
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
        try finish(outcome)
    }

    private func folder(_ profile: String) -> String { reportDir ?? "Reports/\(FileName.safe(profile))" }

    private func finish(_ outcome: RunOutcome) throws {
        let document = outcome.document
        let folder = folder(outcome.profile)
        var writeFailure: String?
        do {
            try ReportDirectory(folder).write(document)
        } catch {
            writeFailure = "\(error)"
        }
        if quiet {
            Output.line(outcome.passed ? "PASS" : "FAIL")
        } else {
            let text = TerminalReport(document, width: ProgressLine.width(), color: Output.hasColor).render()
            Output.line(text)
            if writeFailure == nil { Output.line("report: \(folder)/report.html") }
        }
        if let writeFailure { throw CommandFailure(code: ExitCode.internalError, message: writeFailure) }
        guard outcome.exitCode == ExitCode.pass else {
            throw CommandFailure(code: outcome.exitCode, message: outcome.exitReason ?? "")
        }
    }
}
