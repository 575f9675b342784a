import ArgumentParser
import HydrotestKit

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
