import ArgumentParser
import Conformance
import Foundation
import Glibc
import HydrotestKit
import Vocabulary

extension RequirementLevel: ExpressibleByArgument {}
extension CaseNumber: ExpressibleByArgument {
    /// Reads `3.2` or `3`.
    public init?(argument: String) { self.init(argument) }
}

/// `hydrotest check`: is the stream what the standards say.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check an event stream, and the server behind it, against the standards, case by case.",
        discussion: """
            Each case has a number, the sentence of the standard that it tests, and a severity: must (a standard demands \
            it), should (a standard recommends it), advice (it helps with proxies and browsers). With --publish, texts \
            are posted to a second address while the stream is read, so that delivery and resumption are judged as well. \
            The first SIGINT or SIGTERM ends the check: what was seen until then is judged and written, and the rest is \
            not measured. The third ends the process.

            Exit codes: 0 no must failed; 1 a must failed; 64 bad usage; 69 target unreachable; 130 interrupted.

            Examples: hydrotest check http://127.0.0.1:8080/events
                      hydrotest check 'http://127.0.0.1:8080/events?topics=news' \\
                          --publish 'http://127.0.0.1:8080/broadcast?topic=news' --only 2 --only 4.7
            """
    )

    @Argument(help: "The stream's address: http:// or https://.")
    var url: String?

    @Option(help: ArgumentHelp("A case or a section to judge; may be given several times.", valueName: "3.2"))
    var only: [CaseNumber] = []

    @Option(help: ArgumentHelp("A case or a section to leave out; may be given several times.", valueName: "3.2"))
    var skip: [CaseNumber] = []

    @Option(help: "The weakest severity to judge.")
    var severity = RequirementLevel.advice

    @Option(name: [.customShort("H"), .long], help: "A request header, \"Name: value\"; may be given several times.")
    var header: [String] = []

    @Flag(name: [.customShort("k"), .long], help: "Do not verify the server's certificate.")
    var insecure = false

    @Option(help: "A PEM file of trusted certificates, in place of the system's.")
    var ca: String?

    @Option(help: "An address that publishes the body of a POST on the stream.")
    var publish: String?

    @Option(help: "The longest silence that the stream should have (default: 15s).")
    var heartbeat: DurationArgument?

    @Option(help: "How long to listen to the stream (default: a little longer than --heartbeat).")
    var wait: DurationArgument?

    @Option(help: "A host beside this machine that welcomes the check; may be given several times.")
    var authorize: [String] = []

    @Option(help: "A file for the results as JSON.")
    var json: String?

    @Option(help: "A file for the results as JUnit XML.")
    var junit: String?

    @Flag(help: "Print every case with its requirement, and end.")
    var list = false

    func run() throws {
        let text = CheckText(color: Output.hasColor)
        if list { return text.list().forEach(Output.line) }
        let options = try self.options()
        for file in [json, junit].compactMap(\.self) { try ResultFile.checkFolder(of: file) }
        let interrupts = try InterruptWatch()
        let result: CheckResult
        do {
            result = try ConformanceCheck(options) { interrupts.isInterrupted }.run()
        } catch {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
        text.lines(result).forEach(Output.line)
        if let json { try ResultFile.write(try CheckDocument(result).json(), to: json) }
        if let junit { try ResultFile.write(Data(CheckJUnit.xml(result).utf8), to: junit) }
        if result.interrupted { throw CommandFailure(code: ExitCode.interrupted, message: "interrupted") }
        guard result.passed else { throw CommandFailure(code: ExitCode.fail, message: "") }
    }

    private func options() throws -> CheckOptions {
        guard let url else { throw Self.badUsage("name the stream's address, or ask for --list") }
        var options = CheckOptions(url: try address(url))
        options.publish = try publish.map(address)
        options.headers = try header.map(HeaderArgument.field)
        options.insecure = insecure
        options.authorityFile = ca
        options.userAgent = "hydrotest/\(Version.current)"
        if let heartbeat { options.heartbeat = heartbeat.nanoseconds }
        options.wait = wait?.nanoseconds
        options.selection.only = only
        options.selection.skipped = skip
        options.selection.level = severity
        if let problem = options.problem { throw Self.badUsage(problem) }
        return options
    }

    /// Reads an address, and refuses a host that does not welcome the check.
    private func address(_ text: String) throws -> TargetURL {
        guard let url = TargetURL(text) else {
            throw Self.badUsage("\"\(text)\" is no address; give one like http://127.0.0.1:8080/events")
        }
        guard url.isLoopback || authorize.contains(url.host) else {
            throw Self.badUsage(
                "\(url.host) is not this machine; if it welcomes the check, pass --authorize \(url.host)"
            )
        }
        return url
    }

    private static func badUsage(_ message: String) -> CommandFailure {
        CommandFailure(code: ExitCode.badUsage, message: message)
    }
}

extension CheckError {
    /// The exit code of the command line.
    fileprivate var exitCode: Int32 {
        switch self {
        case .unreachable: ExitCode.targetUnreachable
        case .badUsage: ExitCode.badUsage
        case .machine: ExitCode.internalError
        case .interrupted: ExitCode.interrupted
        }
    }
}
