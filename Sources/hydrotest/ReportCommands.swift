import ArgumentParser
import Comparison
import Glibc
import HydrotestKit
import Report

/// `hydrotest report`: what can be done with a report once it is written.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Render, view, compare or recover reports.",
        discussion: "Example: hydrotest report render Reports/smoke --to markdown",
        subcommands: [RenderCommand.self, ViewCommand.self, CompareCommand.self, RecoverCommand.self]
    )
}

extension ReportFormat: ExpressibleByArgument {}

/// `hydrotest report render`: a report in another form.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Render a report to another form.",
        discussion: """
            Reads report.json.gz, or the folder that holds it, as it was written: nothing is judged again. csv holds the \
            series; hgrm (a file for each latency) and hlog open in HdrHistogram's tools; junit and metrics are for CI. \
            Exit code 65 where the report is damaged, or of a newer form.

            Examples: hydrotest report render Reports/smoke --to markdown
                      hydrotest report render Reports/smoke --to hgrm --output Latencies
                      hydrotest report render Reports/smoke --to hgrm --latency connect
            """
    )

    @Argument(help: "The report: its folder, report.json.gz or report.json.")
    var report: String

    @Option(help: "The form: \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var to: ReportFormat

    @Option(help: "The file to write, or for hgrm the folder (default: standard output).")
    var output: String?

    @Option(help: "The one latency that hgrm is wanted of, such as connect.")
    var latency: String?

    func run() throws {
        guard latency == nil || to == .hgrm else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--latency goes with --to hgrm")
        }
        var files = try to.files(try ReportArgument.read(report))
        if let latency {
            let names = files.map { String($0.name.dropLast(5)) }
            files.removeAll { $0.name != "\(latency).hgrm" }
            guard !files.isEmpty else {
                throw CommandFailure(
                    code: ExitCode.badUsage,
                    message: "the report has no latency \"\(latency)\"; it has \(names.joined(separator: ", "))"
                )
            }
        }
        if let output { return try write(files, to: output) }
        guard files.count == 1, let file = files.first else {
            throw CommandFailure(
                code: ExitCode.badUsage,
                message: files.isEmpty
                    ? "the report measured no latency"
                    : "the report has \(files.count) latencies; name a folder with --output, or one with --latency"
            )
        }
        Output.bytes(file.bytes)
    }

    private func write(_ files: [(name: String, bytes: [UInt8])], to output: String) throws {
        if to == .hgrm, latency == nil {
            try ReportArgument.write(files.map(\.bytes), as: files.map(\.name), in: output)
        } else if let file = files.first {
            try ReportArgument.write(file.bytes, to: output)
        }
    }
}

/// `hydrotest report view`: a report in the browser.
struct ViewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "view",
        abstract: "Serve a report on loopback, for a browser on this machine.",
        discussion: """
            Prints the address, and serves the folder's files compressed, under a strict content security policy, until \
            it is interrupted.

            Example: hydrotest report view Reports/smoke
            """
    )

    @Argument(help: "The report's folder.")
    var folder: String

    @Option(help: "The port on 127.0.0.1; 0 picks a free one.")
    var port: UInt16 = 0

    func run() throws {
        let interrupts = try InterruptWatch()
        do throws(ViewerError) {
            let viewer = try ReportViewer(folder: folder, port: port)
            interrupts.onInterrupt { viewer.stop() }
            Output.line(viewer.address)
            try viewer.run()
        } catch {
            let isMissing = if case .noReport = error { true } else { false }
            throw CommandFailure(
                code: isMissing ? ExitCode.badProfile : ExitCode.internalError,
                message: error.description
            )
        }
    }
}

/// `hydrotest report compare`: two reports side by side.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Set two reports side by side, and tell changes from noise.",
        discussion: """
            Every figure of BASE and NEW with its change, and whether the change is beyond the noise of the two runs. \
            --fail-on names a change that ends with exit code 1: a figure (* stands for any part of its name), > or <, \
            and a change in percent, in points (pp) or in the figure's unit. A change that chance alone may have brought \
            fails nothing.

            Example: hydrotest report compare Reports/main Reports/branch --fail-on 'event.p99 > +10%' --fail-on 'leaks > +0'
            """
    )

    @Argument(help: "The report that is compared with: its folder or report.json.gz.")
    var base: String

    @Argument(help: "The report that is compared.")
    var new: String

    @Option(help: "A change that fails the comparison, such as 'connect.p99 > +50ms'; may be given several times.")
    var failOn: [String] = []

    @Option(help: "A file for the comparison as a page.")
    var html: String?

    @Option(help: "A file for the comparison as Markdown.")
    var markdown: String?

    @Option(help: "A file for the comparison as JSON.")
    var json: String?

    @Flag(help: "Print nothing but what fails.")
    var quiet = false

    func run() throws {
        let conditions = try reading { try failOn.map { try FailCondition($0) } }
        let before = try ReportArgument.read(base)
        let after = try ReportArgument.read(new)
        let comparison = RunComparison(
            base: (before.record, before.judgement),
            new: (after.record, after.judgement)
        )
        let results = try reading { try conditions.flatMap { try $0.judge(comparison) } }
        let page = MarkdownComparison(comparison, results: results).render()
        if let html {
            try ReportArgument.write(Array(HTMLComparison(comparison, results: results).render().utf8), to: html)
        }
        if let markdown { try ReportArgument.write(Array(page.utf8), to: markdown) }
        if let json { try ReportArgument.write(try ComparisonDocument(comparison, results: results).json(), to: json) }
        ContinuousIntegration.summarize(page)
        let shown = quiet ? results.filter(\.failed) : results
        if !quiet || !shown.isEmpty {
            let text = TerminalComparison(
                comparison,
                results: shown,
                width: TerminalSize.current(of: STDOUT_FILENO).columns,
                color: Output.hasColor
            )
            Output.line(text.render())
        }
        if results.contains(where: \.failed) { throw CommandFailure(code: ExitCode.fail, message: "") }
    }

    private func reading<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as FailConditionError {
            throw CommandFailure(code: ExitCode.badUsage, message: error.description)
        }
    }
}

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

/// Reports on the command line: read from where they lie, and written to where they are wanted.
enum ReportArgument {
    /// Reads a report.
    ///
    /// - Throws: ``CommandFailure`` with exit code 65, where it cannot be read or is none.
    static func read(_ path: String) throws -> ReportDocument {
        do {
            return try ReportFile.read(path)
        } catch {
            throw CommandFailure(code: ExitCode.badProfile, message: error.description)
        }
    }

    /// Writes a file, whole or not at all.
    ///
    /// - Throws: ``CommandFailure`` with exit code 70.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let slash = path.lastIndex(of: "/")
        let name = String(path[(slash.map { path.index(after: $0) } ?? path.startIndex)...])
        guard !name.isEmpty else {
            throw CommandFailure(code: ExitCode.badUsage, message: "\"\(path)\" names a folder; name a file")
        }
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        try write([bytes], as: [name], in: folder)
    }

    /// Writes files to a folder, which is made where it is missing: whole or not at all.
    ///
    /// - Throws: ``CommandFailure`` with exit code 70.
    static func write(_ contents: [[UInt8]], as names: [String], in folder: String) throws {
        do {
            try ReportDirectory(folder).write(contents, as: names)
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: error.description)
        }
    }
}
