import ArgumentParser
import HydrotestKit

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
