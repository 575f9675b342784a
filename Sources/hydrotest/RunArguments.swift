import ArgumentParser
import EventLoop
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

    @Flag(help: "Show nothing while the run lasts.")
    var noProgress = false

    @Option(help: "A host that welcomes the load, where it is not this machine; may be given several times.")
    var authorize: [String] = []

    /// Carries out the profile, writes its report and ends with its exit code.
    ///
    /// - Parameters:
    ///   - work: what is done between the baseline and the ladder.
    ///   - values: values in place of the profile's, as `KEY.PATH=VALUE`, that the command's own options give.
    ///   - metricsPort: a port for the run's metrics; nil for none.
    ///   - workers: threads that carry the load; nil for as many as pay.
    /// - Throws: ``CommandFailure`` with the exit code, where it is not that of a pass.
    func carryOut(
        _ work: RunWork = .load,
        values: [String] = [],
        metricsPort: UInt16? = nil,
        workers: Int? = nil
    ) throws {
        guard reportDir != "" else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--report-dir needs a folder")
        }
        var options = RunOptions()
        options.overrides = (overrides + values).map { ProfileOverride($0) }
        if let seed { options.overrides.append(ProfileOverride("seed=\(seed)")) }
        options.environment = ProcessInfo.processInfo.environment
        options.authorizedHosts = authorize
        options.workers = workers
        options.command = SecretText.masked(arguments: CommandLine.arguments).map(ShellText.quote)
            .joined(separator: " ")
        options.again = again(work)
        options.reproduce = again(work, values)
        let outcome: RunOutcome
        let journal: RunJournal
        let interrupts = try InterruptWatch()
        do throws(RunError) {
            let run = try ProfileRun(file: profile, options: options, interrupts: interrupts)
            try ReportFolder.check(folder(run.name))
            journal = RunJournal(folder: folder(run.name)) { Output.error("hydrotest: \($0)") }
            run.journal = journal
            let metrics = try metricsPort.map { port throws(RunError) in try serveMetrics(of: run, port: port) }
            defer { metrics?.stop() }
            outcome = try watched(run, work)
        } catch {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
        try finish(outcome, journal)
    }

    /// Carries out a run and shows it meanwhile.
    private func watched(_ run: ProfileRun, _ work: RunWork) throws(RunError) -> RunOutcome {
        let manner = LiveView.manner(
            isTerminal: Output.isErrorTerminal,
            environment: ProcessInfo.processInfo.environment,
            silent: quiet || noProgress
        )
        let view: LiveView
        do {
            view = try LiveView(run.monitor, manner: manner)
        } catch {
            throw .machine("the progress cannot be shown: \(error); leave it out with --no-progress")
        }
        defer { view.stop() }
        return try run.run(work) { if !quiet { view.say($0) } }
    }

    private func serveMetrics(of run: ProfileRun, port: UInt16) throws(RunError) -> MetricsServer {
        do {
            let server = try MetricsServer(run.monitor, port: port)
            Output.error("metrics: \(server.address)")
            return server
        } catch {
            throw .machine("--metrics-port \(port): \(error.name); name another port, or 0 for a free one")
        }
    }

    /// The first words of a command line that does the like again; secrets are left out.
    private func again(_ work: RunWork, _ values: [String] = []) -> String {
        let values = (overrides + values).map { SecretText.masked(override: $0) }
        let words = ["hydrotest", work == .load ? "run" : "\(work)", profile] + values.flatMap { ["--set", $0] }
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
            let text = TerminalReport(
                document,
                width: TerminalSize.current(of: STDOUT_FILENO).columns,
                color: Output.hasColor
            ).render()
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
