import ArgumentParser

/// `hydrotest report`: what can be done with a report once it is written.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Render, view, compare or recover reports.",
        discussion: "Example: hydrotest report render Reports/smoke --to markdown",
        subcommands: [RenderCommand.self, ViewCommand.self, CompareCommand.self, RecoverCommand.self]
    )
}
