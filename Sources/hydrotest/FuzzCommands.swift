import ArgumentParser
import EventLoop
import Foundation
import Fuzzing
import Glibc
import HydrotestKit
import Vocabulary

extension CaseKind: ExpressibleByArgument {}

/// `hydrotest fuzz`: the input that hurts.
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Find the input that hurts a server, or other clients of it.",
        discussion: """
            Sends mutated requests and TLS records, and plays with the registry: connect, subscribe, publish, reconnect, \
            drop. After each batch it looks whether the server is well, streams of its own kept their events and \
            heartbeats, and gauges came back. What fails is made small and written as a case for hydrotest replay.

            Exit codes: 0 nothing was found; 1 something was; 64 bad usage; 65 bad profile or corpus; 69 the server \
            does not answer; 70 internal error; 130 interrupted.

            Examples: hydrotest fuzz reference --fault crash-on-reset
                      hydrotest fuzz http://127.0.0.1:8080/events --profile mine.yaml --time 10m --corpus Corpus
            """
    )

    @Argument(help: "reference, the bundled server, or a stream's address: http:// or https://.")
    var target: String

    @OptionGroup var server: FuzzArguments

    @Option(help: "What every case is made from, together with its number.")
    var seed: UInt64 = 1

    @Option(help: "End after this time: 30s, 10m (default: 2m, unless --cases is given).")
    var time: DurationArgument?

    @Option(help: "End after this many cases.")
    var cases: UInt64?

    @Option(help: "The one kind of case to try: wire, state or tls.")
    var only: CaseKind?

    @Option(help: "Cases that are carried out at once.")
    var concurrency = FuzzOptions().concurrency

    @Option(help: "End after this many different findings.")
    var findings: Int?

    @Option(help: "A folder of cases to start from; cases that show something new are added.")
    var corpus: String?

    @Option(help: "The folder for the cases that were found.")
    var reportDir = FuzzOptions().reportFolder

    @Option(help: "A file for the results as JSON.")
    var json: String?

    @Option(help: "A file for the findings as SARIF 2.1.0.")
    var sarif: String?

    @Flag(help: "Print the verdict only.")
    var quiet = false

    func run() throws {
        let options = try self.options()
        for file in [json, sarif] { if let file { try WholeOutput.checkFolder(of: file) } }
        // A server that dies on purpose need not say where.
        setenv("SWIFT_BACKTRACE", "enable=no", 1)
        let interrupts = try InterruptWatch()
        DescriptorLimit.raise()
        let run = try server.run(target)
        defer { run.stop() }
        let line = ProgressLine(quiet: quiet)
        let summary: FuzzSummary
        do {
            summary = try run.fuzz(
                options,
                interrupts: interrupts,
                say: { text in
                    line.clear()
                    if !quiet { Output.error(text) }
                },
                show: { line.show($0) }
            )
            line.clear()
        } catch {
            line.clear()
            throw FuzzFailure.failure(error)
        }
        try tell(summary)
    }

    private func tell(_ summary: FuzzSummary) throws {
        if quiet {
            Output.line(summary.passed ? "PASS" : "FAIL")
        } else {
            for line in FuzzText(summary).lines { Output.line(line) }
        }
        if let json { try WholeOutput.write(FuzzDocument(summary).json(), to: json) }
        if let sarif { try WholeOutput.write(SARIFDocument(summary, version: Version.current).json(), to: sarif) }
        if summary.interrupted { throw CommandFailure(code: ExitCode.interrupted, message: "interrupted") }
        guard summary.passed else { throw CommandFailure(code: ExitCode.fail, message: "") }
    }

    private func options() throws -> FuzzOptions {
        var options = FuzzOptions()
        options.seed = seed
        options.time = time?.nanoseconds ?? (cases == nil ? 120 * .perSecond : nil)
        options.cases = cases
        options.only = only
        options.concurrency = concurrency
        options.findings = findings
        options.corpus = corpus
        options.reportFolder = reportDir
        guard FuzzLimits.concurrency.contains(concurrency) else {
            let most = NumberText.grouped(FuzzLimits.concurrency.upperBound)
            throw CommandFailure(code: ExitCode.badUsage, message: "--concurrency must be 1 to \(most)")
        }
        guard cases != 0, findings.map({ $0 > 0 }) ?? true else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--cases and --findings must be at least 1")
        }
        guard reportDir != "", corpus != "" else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--report-dir and --corpus need a folder")
        }
        return options
    }
}

/// `hydrotest replay`: a case that was found, once more.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Carry out a case that hydrotest fuzz has written, and say whether it still fails.",
        discussion: """
            Exit codes: 0 it fails no longer; 1 it still does; 64 bad usage; 65 the file is wrong, with its line; 69 the \
            server does not answer; 70 internal error; 130 interrupted.

            Example: hydrotest replay Reports/fuzz/server-died.case --target http://127.0.0.1:8080/events
            """
    )

    @Argument(help: "The file.")
    var file: String

    @Option(help: "reference, the bundled server, or a stream's address.")
    var target = "reference"

    @OptionGroup var server: FuzzArguments

    func run() throws {
        let replay: Replay
        do {
            replay = try ReplayReader.read(file: file)
        } catch {
            throw FuzzFailure.failure(error)
        }
        setenv("SWIFT_BACKTRACE", "enable=no", 1)
        let interrupts = try InterruptWatch()
        DescriptorLimit.raise()
        let run = try server.run(target)
        defer { run.stop() }
        let lines: [String]
        do {
            lines = try run.replay(replay, interrupts: interrupts)
        } catch {
            throw FuzzFailure.failure(error)
        }
        for line in lines { Output.line(line) }
        if interrupts.isInterrupted { throw CommandFailure(code: ExitCode.interrupted, message: "interrupted") }
        Output.line(lines.isEmpty ? "PASS: \(file) fails no longer" : "FAIL: \(file) still fails")
        guard lines.isEmpty else { throw CommandFailure(code: ExitCode.fail, message: "") }
    }
}

/// What the commands that fuzz a server have in common.
struct FuzzArguments: ParsableArguments {
    @Option(help: "A profile that describes the server: actions, probes, headers, exec.restart.")
    var profile: String?

    @Option(
        help: ArgumentHelp("Faults of the bundled server; may be given several times.", valueName: "name[,name]"),
        transform: FaultArgument.init
    )
    var fault: [FaultArgument] = []

    @Option(help: "A host that welcomes being fuzzed, where it is not this machine; may be given several times.")
    var authorize: [String] = []

    @Flag(name: [.customShort("k"), .long], help: "Do not verify the server's certificate.")
    var insecure = false

    @Option(help: "A PEM file of trusted certificates, in place of the system's.")
    var ca: String?

    /// Starts or looks up the server.
    ///
    /// - Throws: ``CommandFailure``.
    func run(_ target: String) throws -> FuzzRun {
        var options = FuzzRun.Options(target: target)
        options.profile = profile
        options.faults = fault.flatMap(\.faults)
        options.authorizedHosts = authorize
        options.insecure = insecure
        options.authorityFile = ca
        options.environment = ProcessInfo.processInfo.environment
        do throws(RunError) {
            return try FuzzRun(options)
        } catch {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
    }
}

/// Errors of fuzzing as ends of a command.
enum FuzzFailure {
    /// The failure that an error is.
    static func failure(_ error: any Error) -> CommandFailure {
        switch error {
        case let error as ReplayError: CommandFailure(code: ExitCode.badProfile, message: error.description)
        case FuzzError.unreachable(let reason): CommandFailure(code: ExitCode.targetUnreachable, message: reason)
        default: CommandFailure(code: ExitCode.internalError, message: "\(error)")
        }
    }
}
