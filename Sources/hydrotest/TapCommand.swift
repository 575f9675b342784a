import ArgumentParser
import Glibc
import HydrotestKit
import Vocabulary

/// `hydrotest tap`: curl for event streams.
struct TapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tap",
        abstract: "Print the events of a stream as JSON lines.",
        discussion: """
            Each line has `event` and `data`, and `id` and `retry` where the stream gave them.

            Example: hydrotest tap http://127.0.0.1:8080/events --count 3 --max-time 10s
            """
    )

    @Argument(help: "The stream's address: http:// or https://.")
    var url: String

    @Option(help: "End after this many events.")
    var count: Int?

    @Option(help: "End after this time: 10s, 2m.")
    var maxTime: DurationArgument?

    @Option(name: [.customShort("H"), .long], help: "A request header, \"Name: value\"; may be given several times.")
    var header: [String] = []

    @Flag(name: [.customShort("k"), .long], help: "Do not verify the server's certificate.")
    var insecure = false

    @Option(help: "A PEM file of trusted certificates, in place of the system's.")
    var ca: String?

    @Flag(help: "Print comment lines as well, as {\"comment\": …}.")
    var comments = false

    func run() throws {
        // Whoever reads the lines may stop at any of them; sockets are written to without the signal.
        signal(SIGPIPE, SIG_DFL)
        guard let target = TargetURL(url) else {
            throw CommandFailure(
                code: ExitCode.badUsage,
                message: "\"\(url)\" is no address; give one like http://127.0.0.1:8080/events"
            )
        }
        if let count, count < 1 {
            throw CommandFailure(code: ExitCode.badUsage, message: "--count must be at least 1")
        }
        var options = TapOptions(url: target)
        options.count = count
        options.maximumTime = maxTime?.nanoseconds
        options.insecure = insecure
        options.authorityFile = ca
        options.comments = comments
        options.headers = try header.map(HeaderArgument.field)
        do {
            let end = try Tap(options) { Output.line($0) }.run()
            if end == .time, count != nil {
                throw CommandFailure(code: ExitCode.fail, message: "the time was up before as many events came")
            }
        } catch let error as TapError {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
    }
}
