import ArgumentParser
import EventLoop
import Foundation
import HydrotestKit
import RunProfile
import Vocabulary

/// `hydrotest init`: a first profile for an endpoint.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Look at an endpoint for a few seconds, and write a profile for it.",
        discussion: """
            Opens one stream, notes its events, heartbeat and TLS; then looks for what tells the server's state (/metrics, \
            /debug/state, /debug/vars, /actuator/prometheus, /healthz, a Node inspector), opens 13 streams to see which of it \
            shows them, and writes a commented profile that runs as it is. The request's method, headers and body go into \
            the profile; its secrets stay in the environment, under names that the profile tells.

            An answer that sends the request elsewhere is followed, and told: 307 and 308 with method and body, 303 with \
            GET; credentials go to no other host. A stream that ends meanwhile is told with its age, and up to two \
            more are looked at, to see whether they end at the same. The first SIGINT or SIGTERM ends the look, and what \
            was seen until then is written; the third ends the process.

            Exit codes: 0 written; 1 no event stream; 64 bad usage; 69 target unreachable; 70 the file cannot be \
            written; 130 interrupted.

            Examples: hydrotest init http://127.0.0.1:8080/events --output mine.yaml
                      hydrotest init http://127.0.0.1:8080/events \\
                          -H 'Authorization: Bearer abc' --for 2s
            """
    )

    @Argument(help: "The stream's address: http:// or https://.")
    var url: String

    @Option(name: [.short, .long], help: "The profile's file (default: standard output).")
    var output: String?

    @Flag(help: "Replace the file where there is one.")
    var force = false

    @Option(name: .customLong("for"), help: "How long a stream is looked at: 5s, 1m; twice its heartbeat at least.")
    var time = DurationArgument(nanoseconds: 5 * .perSecond)

    @OptionGroup var request: RequestArguments

    func run() throws {
        var options = try request.options(url)
        options.maximumTime = time.nanoseconds
        if let output { try check(output) }
        let interrupts = try InterruptWatch()
        let sight: EndpointSight
        do {
            let address = SecretText.masked(word: "\(options.url)")
            if output != nil { Output.error("looking at \(address) for \(DurationText.format(time.nanoseconds))") }
            let look = EndpointLook(options, isInterrupted: { interrupts.isInterrupted }) { Output.error($0) }
            var seen = try look.look()
            options = seen.request ?? options
            if !seen.isInterrupted {
                if seen.certificateProblem != nil { options.insecure = true }
                DescriptorLimit.raise()
                let state = StateLook(options, interrupts: interrupts).look()
                (seen.stateProbes, seen.stateSilences) = (state.probes, state.silences)
                options.insecure = request.insecure
            }
            sight = seen
        } catch {
            throw CommandFailure(code: error.exitCode, message: error.description)
        }
        try write(ProfileDraft(sight, options: options))
        if interrupts.isInterrupted {
            let message = "interrupted; the profile tells what was seen until then"
            throw CommandFailure(code: ExitCode.interrupted, message: message)
        }
    }

    private func write(_ draft: ProfileDraft) throws {
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
