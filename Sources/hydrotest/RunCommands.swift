import ArgumentParser
import EventLoop
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
            Opens the scenarios' streams, drops those that are to be dropped, reads the probes before, during and after, \
            and says what leaked, how latencies and heartbeats were, and whether the thresholds hold. While it runs, it \
            shows its figures on a terminal, or a line now and then elsewhere.

            Exit codes: 0 pass; 1 a threshold or finding failed; 64 bad usage; 65 bad profile; 69 target unreachable; \
            70 internal error; 130 interrupted (the report is written all the same).

            Examples: hydrotest run Profiles/smoke.yaml --set seed=7
                      hydrotest run Profiles/seed-bug.yaml --quiet --metrics-port 0
            """
    )

    @OptionGroup var arguments: RunArguments

    @Option(
        help:
            "Threads that carry the load, each with an event loop of its own (default: one a core, as far as they pay)."
    )
    var workers: Int?

    @Option(help: "A port on 127.0.0.1 for the run's figures as OpenMetrics, at /metrics; 0 picks a free one.")
    var metricsPort: UInt16?

    func run() throws {
        guard workers.map((1...256).contains) ?? true else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--workers must be 1 to 256")
        }
        try arguments.carryOut(metricsPort: metricsPort, workers: workers)
    }
}

/// `hydrotest matrix`: tries every stage and manner alone, and tells which leaks how much.
struct MatrixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "Tell which stage and manner leaks how much, each tried alone.",
        discussion: """
            Drops connections at one stage in one manner at a time, several cycles of each in a seeded random order, and \
            estimates from the gauges' changes what a thousand drops leave, with a 95% interval.

            Exit codes: 0 pass; 1 a threshold or finding failed; 64 bad usage; 65 bad profile; 69 target unreachable; \
            70 internal error; 130 interrupted (the report is written all the same).

            Example: hydrotest matrix Profiles/matrix.yaml --stages request-sent --cycles 2
            """
    )

    @OptionGroup var arguments: RunArguments

    @Option(help: ArgumentHelp("The stages, or all, in place of the profile's.", valueName: "stage[,stage]"))
    var stages: String?

    @Option(help: ArgumentHelp("The manners, or all, in place of the profile's.", valueName: "manner[,manner]"))
    var manners: String?

    @Option(help: "How often each stage and manner is tried (default: 5).")
    var cycles: Int?

    @Option(help: "Drops of each cycle (default: 50).")
    var drops: Int?

    func run() throws {
        var values: [String] = []
        if let stages { values.append("matrix.stages=\(stages == "all" ? "all" : "[\(stages)]")") }
        if let manners { values.append("matrix.manners=\(manners == "all" ? "all" : "[\(manners)]")") }
        if let cycles { values.append("matrix.cycles=\(cycles)") }
        if let drops { values.append("matrix.drops=\(drops)") }
        try arguments.carryOut(.matrix, values: values)
    }
}

/// `hydrotest race`: looks for the window of delays in which a drop leaks.
struct RaceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "race",
        abstract: "Find the delays between a stage and the drop in which a leak happens.",
        discussion: """
            Drops connections in small batches, each after another delay, and lets a gauge of the server decide which \
            delay is tried next, until both ends of the window are known to a tenth of its width or the budget is spent.

            Exit codes: 0 pass; 1 a threshold or finding failed; 64 bad usage; 65 bad profile; 69 target unreachable; \
            70 internal error; 130 interrupted (the report is written all the same).

            Example: hydrotest race Profiles/race.yaml --stage request-sent --to 20ms
            """
    )

    @OptionGroup var arguments: RunArguments

    @Option(help: "The stage (default: the one of the profile's that leaks most).")
    var stage: String?

    @Option(help: "The manner (default: the first of the profile's).")
    var manner: String?

    @Option(help: "The gauge that tells, as NAME or PROBE.NAME (default: the one that gains most).")
    var gauge: String?

    @Option(help: "The most drops that are made (default: 20000).")
    var budget: Int?

    @Option(help: "The shortest delay that is tried (default: 0us).")
    var from: String?

    @Option(help: "The longest delay that is tried (default: the longest of the profile's, at least 20ms).")
    var to: String?

    func run() throws {
        var values: [String] = []
        if let stage { values.append("race.stage=\(stage)") }
        if let manner { values.append("race.manner=\(manner)") }
        if let gauge { values.append("race.gauge=\(gauge)") }
        if let budget { values.append("race.budget=\(budget)") }
        if let from { values.append("race.from=\(from)") }
        if let to { values.append("race.to=\(to)") }
        try arguments.carryOut(.race, values: values)
    }
}

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
