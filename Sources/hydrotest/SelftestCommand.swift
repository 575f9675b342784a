import ArgumentParser
import EventLoop
import Foundation
import Glibc
import HydrotestKit
import ReferenceServer
import Report
import RunProfile
import Vocabulary

/// `hydrotest selftest`: the tool is put to the proof by servers whose faults are known.
struct SelftestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Prove the tool: known faults are found by their names, a clean server is not accused.",
        discussion: """
            Each case starts the bundled server with one fault, or with none, carries out the same runs whatever the \
            fault, and looks what they show. Exit codes: 0 each fault was found by its own name and the clean server was \
            never accused; 1 not so; 64 bad usage; 70 internal error; 130 interrupted.

            Examples: hydrotest selftest --quick
                      hydrotest selftest --seeds 20 --faults timer-leak --json selftest.json
            """
    )

    @Flag(help: "One seed, and each fault over one transport only: a few minutes.")
    var quick = false

    @Option(help: "Seeds that each fault is tried with (default: 5; 1 with --quick).")
    var seeds: Int?

    @Option(
        help: ArgumentHelp("The faults to try (default: all that can be detected).", valueName: "name[,name]"),
        transform: FaultArgument.init
    )
    var faults: FaultArgument?

    @Option(
        help: ArgumentHelp(
            "The faults of its state beside which each leak must be found: cached-state, prefork-state, or none.",
            valueName: "name[,name]"
        ),
        transform: { $0 == "none" ? FaultArgument.none : try FaultArgument($0) }
    )
    var beside: FaultArgument?

    @Option(help: "How clients connect: plain, tls or both.")
    var transport = SelftestTransport.both

    @Option(help: "Runs of the clean server (default: 10; 4 with --quick).")
    var cleanRuns: Int?

    @Option(help: "Runs of the clean server while another client opens and closes streams on it (default: 4; 2).")
    var cleanWithNeighbour: Int?

    @Option(help: "Runs of the clean server that ends each stream in good order at one age (default: 4; 2).")
    var cleanRecycling: Int?

    @Option(help: "Cases that are carried out at once.")
    var jobs = SelftestOptions.defaultJobs

    @Option(help: "A file for the results as JSON.")
    var json: String?

    @Option(help: "The folder for the profiles and reports of cases that went wrong.")
    var reportDir = "Reports/selftest"

    func run() throws {
        let options = try self.options()
        if let json { try ResultFile.checkFolder(of: json) }
        // A server that dies on purpose need not say where.
        setenv("SWIFT_BACKTRACE", "enable=no", 1)
        let interrupts = try InterruptWatch()
        DescriptorLimit.raise()
        let started = MonotonicClock.now()
        let cases = options.cases
        let untried = (faults?.faults ?? Fault.allCases).filter { $0.definition.foundBy.obstacle != nil }
        let results: [SelftestResult]
        do {
            let reporter = SelftestReporter(cases: cases.count, folder: reportDir)
            results = try Selftest(cases, jobs: jobs, interrupts: interrupts).run { reporter.tell($0) }
        } catch {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
        let matrix = SelftestMatrix(results, planned: cases.count)
        for line in SelftestText(matrix, untried: untried).lines { Output.line(line) }
        let seconds = (MonotonicClock.now() - started).inSeconds
        if let json {
            let document = SelftestDocument(results, planned: cases.count, untried: untried, seconds: seconds)
            try ResultFile.write(try document.json(), to: json)
        }
        if interrupts.isInterrupted {
            throw CommandFailure(
                code: ExitCode.interrupted,
                message: "interrupted after \(results.count) of \(cases.count) cases"
            )
        }
        guard matrix.passed else { throw CommandFailure(code: ExitCode.fail, message: "") }
    }

    private func options() throws -> SelftestOptions {
        var options = quick ? SelftestOptions.quick : SelftestOptions()
        options.transports = transport.transports
        if let faults {
            options.faults = faults.faults
            // Who names a fault means that one.
            options.hiding = []
        }
        if let beside {
            (options.hiding, options.hidden) = (beside.faults, nil)
            if let wrong = beside.faults.first(where: { !SelftestSubject.hiding.contains($0) }) {
                throw CommandFailure(
                    code: ExitCode.badUsage,
                    message: "no leak is looked for beside \(wrong.rawValue); give cached-state, prefork-state or none"
                )
            }
        }
        options.seeds = try Self.number(seeds, "--seeds", in: 0...SelftestOptions.most) ?? options.seeds
        options.cleanRuns =
            try Self.number(cleanRuns, "--clean-runs", in: 0...SelftestOptions.most) ?? options.cleanRuns
        options.neighbourRuns =
            try Self.number(cleanWithNeighbour, "--clean-with-neighbour", in: 0...SelftestOptions.most)
            ?? options.neighbourRuns
        options.recyclingRuns =
            try Self.number(cleanRecycling, "--clean-recycling", in: 0...SelftestOptions.most) ?? options.recyclingRuns
        _ = try Self.number(jobs, "--jobs", in: SelftestOptions.jobs)
        guard !options.cases.isEmpty else {
            throw CommandFailure(
                code: ExitCode.badUsage,
                message: "nothing to try: name a fault that can be detected, or give --clean-runs"
            )
        }
        return options
    }

    private static func number(_ value: Int?, _ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value else { return nil }
        guard range.contains(value) else {
            throw CommandFailure(
                code: ExitCode.badUsage,
                message: "\(name) must be \(range.lowerBound) to \(NumberText.grouped(range.upperBound))"
            )
        }
        return value
    }
}

/// Tells each case of a self-test as it ends, and keeps the profiles of those that went wrong.
final class SelftestReporter: Sendable {
    private let cases: Int
    private let folder: String
    private let count = Locked(0)

    /// A reporter of so many cases.
    init(cases: Int, folder: String) {
        self.cases = cases
        self.folder = folder
    }

    /// Tells one result.
    func tell(_ result: SelftestResult) {
        let number = count.withLock { count in
            count += 1
            return count
        }
        let seconds = NumberText.threeDigits(result.seconds)
        Output.line("[\(number)/\(cases)] \(result.selftest.name): \(Self.words(result)) (\(seconds) s)")
        guard !result.isRight else { return }
        for path in keep(result) { Output.line("  repeat it: hydrotest run \(ShellText.quote(path))") }
    }

    private static func words(_ result: SelftestResult) -> String {
        var words: [String] = []
        if let failure = result.failure { words.append("NOT CARRIED OUT: \(failure)") }
        if let found = result.found { words.append(found ? "found" : "MISSED") }
        if !result.accusations.isEmpty {
            words.append("FALSELY ACCUSED of \(result.accusations.joined(separator: "; "))")
        }
        return words.isEmpty ? "not accused" : words.joined(separator: ", ")
    }

    /// Writes the profiles of a case, and beside each the report that it came to; one that cannot be written is left out.
    private func keep(_ result: SelftestResult) -> [String] {
        result.examinations.compactMap { examined in
            let path = "\(folder)/\(result.selftest.name)-\(examined.name).yaml"
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try examined.profile.write(toFile: path, atomically: true, encoding: .utf8)
                if let report = examined.report {
                    try ReportDirectory("\(folder)/\(result.selftest.name)-\(examined.name)").write(report)
                }
                return path
            } catch {
                Output.error("hydrotest: cannot write \"\(path)\"; name another folder with --report-dir")
                return nil
            }
        }
    }
}

/// Transports on the self-test's command line.
enum SelftestTransport: String, CaseIterable, ExpressibleByArgument {
    /// Without TLS.
    case plain
    /// With TLS.
    case tls
    /// Each.
    case both

    /// The transports.
    var transports: [Scenario.Transport] {
        switch self {
        case .plain: [.plain]
        case .tls: [.tls]
        case .both: [.plain, .tls]
        }
    }
}
