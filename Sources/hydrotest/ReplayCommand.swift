import ArgumentParser
import EventLoop
import Fuzzing
import Glibc
import HydrotestKit

/// `hydrotest replay`: a case that was found, once more.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Carry out a case that hydrotest fuzz has written, and say whether it still fails.",
        discussion: """
            Exit codes: 0 it fails no longer; 1 it still does; 64 bad usage; 65 the file is wrong, with its line; 69 the \
            server does not answer; 70 internal error; 130 interrupted.

            Example: hydrotest replay Reports/fuzz/server-died.case --target http://127.0.0.1:8080/events
            """
    )

    @Argument(help: "The file.")
    var file: String

    @Option(help: "reference, the bundled server, or a stream's address.")
    var target = "reference"

    @OptionGroup var server: FuzzArguments

    func run() throws {
        let replay: Replay
        do {
            replay = try ReplayReader.read(file: file)
        } catch {
            throw FuzzFailure.failure(error)
        }
        setenv("SWIFT_BACKTRACE", "enable=no", 1)
        let interrupts = try InterruptWatch()
        DescriptorLimit.raise()
        let run = try server.run(target)
        defer { run.stop() }
        let lines: [String]
        do {
            lines = try run.replay(replay, interrupts: interrupts)
        } catch {
            throw FuzzFailure.failure(error)
        }
        for line in lines { Output.line(line) }
        if interrupts.isInterrupted { throw CommandFailure(code: ExitCode.interrupted, message: "interrupted") }
        Output.line(lines.isEmpty ? "PASS: \(file) fails no longer" : "FAIL: \(file) still fails")
        guard lines.isEmpty else { throw CommandFailure(code: ExitCode.fail, message: "") }
    }
}
