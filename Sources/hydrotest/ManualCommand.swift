import ArgumentParser
import Foundation
import HydrotestKit

/// `hydrotest manual`: the manual page.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page, for man.",
        discussion: """
            It is made of what every command's --help says.

            Exit codes: 0 printed; 64 bad usage.

            Example: hydrotest manual > hydrotest.1
            """
    )

    func run() throws {
        let help: HelpDocument
        do {
            help = try JSONDecoder().decode(HelpDocument.self, from: Data(Hydrotest._dumpHelp().utf8))
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: "the manual cannot be made: \(error)")
        }
        let date = DateFormatter()
        date.locale = Locale(identifier: "en_US_POSIX")
        date.dateFormat = "MMMM d, yyyy"
        Output.line(ManualPage(help, date: date.string(from: Date())).text)
    }
}
