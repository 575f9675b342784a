import ArgumentParser
import Foundation
import HydrotestKit

/// `hydrotest doctor`: what this machine allows a run.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Tell this machine's limits, how many streams they allow, and how to raise them.",
        discussion: """
            Changes nothing. A limit is called low where it is in the way of ten thousand streams.

            Exit codes: 0 told; 64 bad usage.

            Example: hydrotest doctor
            """
    )

    @Flag(help: "Print a JSON document, hydrotest.doctor/1.")
    var json = false

    func run() throws {
        let report = DoctorReport(MachineLimits.current())
        guard json else {
            let text = DoctorText(
                report,
                width: TerminalSize.current(of: STDOUT_FILENO).columns,
                color: Output.hasColor
            )
            for line in text.lines() { Output.line(line) }
            return
        }
        do {
            Output.line(String(decoding: try report.json(), as: UTF8.self))
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: "cannot write the report: \(error)")
        }
    }
}
