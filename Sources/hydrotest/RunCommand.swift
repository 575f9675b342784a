import ArgumentParser
import HydrotestKit

/// `hydrotest run`: carries out a profile and judges it.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Carry out a profile, judge the server, write a report.",
        discussion: """
            Exit codes: 0 pass; 1 a threshold or finding failed; 64 bad usage; 65 bad profile; 69 target unreachable; \
            70 internal error; 130 interrupted (the report is written all the same).

            Example: hydrotest run Profiles/smoke.yaml --set scenarios.listeners.connections=500
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
