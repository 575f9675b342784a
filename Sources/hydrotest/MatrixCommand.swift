import ArgumentParser
import HydrotestKit

/// `hydrotest matrix`: tries every stage and manner alone, and tells which leaks how much.
struct MatrixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "matrix",
        abstract: "Tell which stage and manner leaks how much, each tried alone.",
        discussion: """
            Drops connections at one stage in one manner at a time, several cycles of each in a seeded random order, and \
            estimates from the gauges' changes what a thousand drops leave, with a 95% interval.

            Exit codes: 0 pass; 1 a threshold or finding failed; 64 bad usage; 65 bad profile; 69 target unreachable; \
            70 internal error; 130 interrupted (the report is written all the same).

            Example: hydrotest matrix Profiles/matrix.yaml --stages request-sent --cycles 2
            """
    )

    @OptionGroup var arguments: RunArguments

    @Option(help: ArgumentHelp("The stages, or all, in place of the profile's.", valueName: "stage[,stage]"))
    var stages: String?

    @Option(help: ArgumentHelp("The manners, or all, in place of the profile's.", valueName: "manner[,manner]"))
    var manners: String?

    @Option(help: "How often each stage and manner is tried (default: 5).")
    var cycles: Int?

    @Option(help: "Drops of each cycle (default: 50).")
    var drops: Int?

    func run() throws {
        var values: [String] = []
        if let stages { values.append("matrix.stages=\(stages == "all" ? "all" : "[\(stages)]")") }
        if let manners { values.append("matrix.manners=\(manners == "all" ? "all" : "[\(manners)]")") }
        if let cycles { values.append("matrix.cycles=\(cycles)") }
        if let drops { values.append("matrix.drops=\(drops)") }
        try arguments.carryOut(.matrix, values: values)
    }
}
