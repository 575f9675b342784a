import ArgumentParser
import EventLoop
import Foundation
import HydrotestKit
import Vocabulary

/// `hydrotest init`: a first profile for an endpoint.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Look at an endpoint for a few seconds, and write a profile for it.",
        discussion: """
            Opens one stream, notes its events, heartbeat and TLS; then looks for what tells the server's state (/metrics, \
            /debug/state, /debug/vars, /actuator/prometheus, /healthz, a Node inspector), opens 13 streams to see which of it \
            shows them, and writes a commented profile that runs as it is.

            Exit codes: 0 written; 1 no event stream; 64 bad usage; 69 target unreachable; 70 the file cannot be written.

            Example: hydrotest init http://127.0.0.1:8080/events --output mine.yaml
            """
    )

    @Argument(help: "The stream's address: http:// or https://.")
    var url: String

    @Option(name: [.short, .long], help: "The profile's file (default: standard output).")
    var output: String?

    @Flag(help: "Replace the file where there is one.")
    var force = false

    @Option(name: .customLong("for"), help: "How long the stream is looked at: 5s, 1m; twice its heartbeat at least.")
    var time = DurationArgument(nanoseconds: 5 * .perSecond)

    @OptionGroup var request: RequestArguments

    func run() throws {
        var options = try request.options(url)
        options.maximumTime = time.nanoseconds
        if let output { try check(output) }
        let interrupts = try InterruptWatch()
        let sight: EndpointSight
        do {
            if output != nil { Output.error("looking at \(options.url) for \(DurationText.format(time.nanoseconds))") }
            var seen = try EndpointLook(options).look()
            if seen.certificateProblem != nil { options.insecure = true }
            DescriptorLimit.raise()
            seen.stateProbes = StateLook(options, interrupts: interrupts).look()
            options.insecure = request.insecure
            sight = seen
        } catch {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
        let draft = ProfileDraft(sight, options: options)
        guard let output else { return Output.line(String(draft.text.dropLast())) }
        do {
            try draft.text.write(toFile: output, atomically: true, encoding: .utf8)
        } catch {
            throw CommandFailure(
                code: ExitCode.internalError,
                message: "cannot write \"\(output)\"; name another file with --output"
            )
        }
        for fact in draft.facts { Output.line(fact) }
        for line in draft.warning { Output.line(line) }
        Output.line("wrote \(output); run it: hydrotest run \(ShellText.quote(output))")
    }

    /// Looks whether the file may be written, before the endpoint is looked at.
    private func check(_ path: String) throws {
        guard !path.isEmpty else { throw CommandFailure(code: ExitCode.badUsage, message: "--output needs a file") }
        guard force || access(path, F_OK) != 0 else {
            throw CommandFailure(
                code: ExitCode.badUsage,
                message: "\"\(path)\" exists; name another file with --output, or replace it with --force"
            )
        }
    }
}
