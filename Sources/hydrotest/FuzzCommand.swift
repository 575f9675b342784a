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
