import ArgumentParser
import HydrotestKit
import Report

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
