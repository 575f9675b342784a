import Glibc
import ArgumentParser
import Comparison
import HydrotestKit
import Report

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
