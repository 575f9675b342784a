import ArgumentParser
import Foundation
import HydrotestKit
import Report
import RunProfile
import Vocabulary

/// What the commands that carry out a profile have in common.
struct RunArguments: ParsableArguments {
    @Argument(help: "The profile, a YAML file.")
    var profile: String

    @Option(
        name: .customLong("set"),
        help: "A value in place of the profile's: KEY.PATH=VALUE; may be given several times."
    )
    var overrides: [String] = []

    @Option(help: "The seed that stages, manners and delays are drawn from, in place of the profile's.")
    var seed: UInt64?

    @Option(help: "The folder for report.html, report.json.gz and what CI reads (default: Reports/NAME).")
    var reportDir: String?

    @Flag(help: "Print the verdict only.")
    var quiet = false

    @Option(help: "A host that welcomes the load, where it is not this machine; may be given several times.")
    var authorize: [String] = []

    /// Carries out the profile, writes its report and ends with its exit code.
    ///
    /// - Parameters:
    ///   - work: what is done between the baseline and the ladder.
    ///   - values: values in place of the profile's, as `KEY.PATH=VALUE`, that the command's own options give.
    ///   - workers: threads that carry the load; nil for as many as pay.
    /// - Throws: ``CommandFailure`` with the exit code, where it is not that of a pass.
    func carryOut(_ work: RunWork = .load, values: [String] = [], workers: Int? = nil) throws {
        guard reportDir != "" else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--report-dir needs a folder")
        }
        var options = RunOptions()
        options.overrides = (overrides + values).map { ProfileOverride($0) }
        if let seed { options.overrides.append(ProfileOverride("seed=\(seed)")) }
        options.environment = ProcessInfo.processInfo.environment
        options.authorizedHosts = authorize
        options.workers = workers
        options.command = CommandLine.arguments.map(ShellText.quote).joined(separator: " ")
        options.again = again(work)
        let outcome: RunOutcome
        let journal: RunJournal
        let interrupts = try InterruptWatch()
        let line = ProgressLine(quiet: quiet)
        do throws(RunError) {
            let run = try ProfileRun(file: profile, options: options, interrupts: interrupts)
            try ReportFolder.check(folder(run.name))
            journal = RunJournal(folder: folder(run.name)) { Output.error("hydrotest: \($0)") }
            run.journal = journal
            outcome = try run.run(work, say: { if !quiet { Output.error($0) } }, show: { line.show($0) })
            line.clear()
        } catch {
            line.clear()
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
        try finish(outcome, journal)
    }

    /// The first words of a command line that does the like again.
    private func again(_ work: RunWork) -> String {
        let words = ["hydrotest", "\(work)", profile] + overrides.flatMap { ["--set", $0] }
        return (words + authorize.flatMap { ["--authorize", $0] }).map(ShellText.quote).joined(separator: " ")
    }

    private func folder(_ profile: String) -> String { reportDir ?? "Reports/\(FileName.safe(profile))" }

    private func finish(_ outcome: RunOutcome, _ journal: RunJournal) throws {
        let document = outcome.document
        let folder = folder(outcome.profile)
        var writeFailure: String?
        do {
            try ReportDirectory(folder).write(document)
        } catch {
            writeFailure = "\(error)"
        }
        journal.end(isReported: writeFailure == nil)
        if quiet {
            Output.line(outcome.passed ? "PASS" : "FAIL")
        } else {
            let text = TerminalReport(document, width: ProgressLine.width(), color: Output.hasColor).render()
            Output.line(text)
            if writeFailure == nil { Output.line("report: \(folder)/report.html") }
        }
        ContinuousIntegration.tell(document)
        if let writeFailure { throw CommandFailure(code: ExitCode.internalError, message: writeFailure) }
        guard outcome.exitCode == ExitCode.pass else {
            throw CommandFailure(code: outcome.exitCode, message: outcome.exitReason ?? "")
        }
    }
}
