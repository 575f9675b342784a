import ArgumentParser
import HydrotestKit

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
