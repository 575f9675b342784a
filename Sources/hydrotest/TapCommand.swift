import ArgumentParser
import EventLoop
import Glibc
import HydrotestKit
import Vocabulary

/// `hydrotest tap`: curl for event streams.
struct TapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tap",
        abstract: "Print the events of a stream as JSON lines.",
        discussion: """
            Each line has `event` and `data`, and `id` and `retry` where the stream gave them. The first SIGINT or SIGTERM \
            ends the tap, and standard error says how many events there were; the third ends the process.

            Exit codes: 0 the events, the time or the stream ended; 1 no event stream, or it broke; 64 bad usage; \
            69 target unreachable; 130 interrupted.

            Example: hydrotest tap http://127.0.0.1:8080/events --comments --max-time 3s
            """
    )

    @Argument(help: "The stream's address: http:// or https://.")
    var url: String

    @Option(help: "End after this many events.")
    var count: Int?

    @Option(help: "End after this time: 10s, 2m.")
    var maxTime: DurationArgument?

    @Flag(help: "Print comment lines as well, as {\"comment\": …}.")
    var comments = false

    @OptionGroup var request: RequestArguments

    func run() throws {
        // Whoever reads the lines may stop at any of them; sockets are written to without the signal.
        signal(SIGPIPE, SIG_DFL)
        var options = try request.options(url)
        if let count, count < 1 {
            throw CommandFailure(code: ExitCode.badUsage, message: "--count must be at least 1")
        }
        options.count = count
        options.maximumTime = maxTime?.nanoseconds
        options.comments = comments
        let interrupts = try InterruptWatch()
        let started = MonotonicClock.now()
        var events = 0
        let tap = Tap(
            options,
            isInterrupted: { interrupts.isInterrupted },
            note: { if case .event = $0 { events += 1 } },
            write: { Output.line($0) }
        )
        do {
            let end = try tap.run()
            if end == .interrupted {
                let time = DurationText.format(MonotonicClock.now() - started)
                throw CommandFailure(code: ExitCode.interrupted, message: "interrupted: \(events) events in \(time)")
            }
            if end == .time, count != nil {
                throw CommandFailure(code: ExitCode.fail, message: "the time was up before as many events came")
            }
        } catch let error as TapError {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
    }
}
