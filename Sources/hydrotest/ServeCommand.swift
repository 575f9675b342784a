import ArgumentParser
import EventLoop
import Foundation
import Glibc
import HydrotestKit
import Logging
import ReferenceServer
import Vocabulary

extension RegistryKind: ExpressibleByArgument {}

/// `hydrotest serve`: the reference server.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the reference server: clean, or with known faults.",
        discussion: """
            Prints its addresses, one a line, once it listens, and serves until it is interrupted.

            GET /events?topics=a,b opens a stream; POST /subscribe?id=…&topics=…, POST /unsubscribe, \
            POST /broadcast?topic=… act on it; POST /v1/chat/completions streams a completion's tokens; GET \
            /debug/state, /metrics and /healthz look at the server.

            Exit codes: 0 stopped; 64 bad usage; 70 internal error, or an address that cannot be had.

            Examples: hydrotest serve --port 8080 --registry racy --race-window 2ms
                      hydrotest serve --port 8080 --fault timer-leak,no-heartbeat
            """
    )

    @Option(help: "The address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "The port for plain connections; 0 picks a free one.")
    var port: UInt16 = 8080

    @Option(help: "The port for TLS connections; 0 picks a free one (default: no TLS).")
    var tlsPort: UInt16?

    @Option(help: "The client registry: fixed, or racy, which leaks clients that close while they register.")
    var registry = RegistryKind.fixed

    @Option(help: "The period of each stream's heartbeat comments, or off.")
    var heartbeat = HeartbeatArgument.every(1 * .perSecond)

    @Option(help: "After how long without a write a client is removed.")
    var inactivity: DurationArgument?

    @Option(help: "How long a client may take from its connection to its complete request, and between two.")
    var requestTimeout: DurationArgument?

    @Option(help: "How long a registration pauses between its close handler and its next step; any fault's window.")
    var raceWindow: DurationArgument?

    @Option(
        help: ArgumentHelp("Faults to switch on; may be given several times.", valueName: "name[,name]"),
        transform: FaultArgument.init
    )
    var fault: [FaultArgument] = []

    @Option(help: "After how long heartbeat-stops, cut-at-age, recycles and server-pause set in (default: 60s).")
    var faultAfter: DurationArgument?

    @Option(help: "The share of registrations that racy-registry or late-close-handler acts on, such as 0.01%.")
    var faultShare: ShareArgument?

    @Option(help: "Broadcasts' deliveries to leave out, of one event to one stream each, spread over streams.")
    var lose = 0

    @Option(name: .customLong("repeat"), help: "Broadcasts' deliveries to write twice, spread over streams.")
    var repeats = 0

    @Flag(help: "Explain every fault, and end.")
    var listFaults = false

    @Option(help: "Tokens of each completion.")
    var tokens = ReferenceServerOptions().tokens

    @Option(help: "Tokens of each completion per second, such as 50/s.")
    var tokenRate: RateArgument?

    @Option(help: "A PEM file with the certificate chain (default: a self-signed one for localhost).")
    var cert: String?

    @Option(help: "A PEM file with the certificate's key.")
    var key: String?

    @Flag(help: ArgumentHelp("Stop when standard input ends.", visibility: .hidden))
    var stopWithInput = false

    func run() throws {
        if listFaults { return FaultList.print() }
        guard (cert == nil) == (key == nil) else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--cert and --key go together")
        }
        guard lose >= 0, repeats >= 0 else {
            throw CommandFailure(code: ExitCode.badUsage, message: "--lose and --repeat count deliveries, from 0")
        }
        // As a run's child it shares the run's terminal, and says only what went wrong.
        let level = stopWithInput ? Logger.Level.warning : .info
        LoggingSystem.bootstrap {
            var handler = StreamLogHandler.standardError(label: $0)
            handler.logLevel = level
            return handler
        }
        let interrupts = try InterruptWatch()
        DescriptorLimit.raise()
        let server: ReferenceServer
        do {
            server = try ReferenceServer(options)
        } catch let error as ReferenceServerError {
            throw CommandFailure(code: ExitCode.badUsage, message: error.description)
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: "cannot serve: \(error)")
        }
        do {
            for address in try server.start() {
                Output.line("\(address.tls ? "https" : "http")://\(address.hostHeader)")
            }
        } catch {
            throw CommandFailure(code: ExitCode.internalError, message: "cannot serve: \(error)")
        }
        let end = DispatchSemaphore(value: 0)
        interrupts.onInterrupt { end.signal() }
        if stopWithInput {
            Thread.detachNewThread {
                var byte: UInt8 = 0
                while read(STDIN_FILENO, &byte, 1) > 0 {}
                end.signal()
            }
        }
        end.wait()
        server.stop()
    }

    private var options: ReferenceServerOptions {
        var options = ReferenceServerOptions()
        options.host = host
        options.port = port
        options.tlsPort = tlsPort
        options.certificateFile = cert
        options.keyFile = key
        options.registry = registry
        options.heartbeat = heartbeat.period
        if let inactivity { options.inactivity = inactivity.nanoseconds }
        if let requestTimeout { options.requestTimeout = requestTimeout.nanoseconds }
        if let raceWindow { options.raceWindow = raceWindow.nanoseconds }
        options.faults = Faults(Set(fault.flatMap(\.faults)))
        if let faultAfter { options.faults.delay = faultAfter.nanoseconds }
        if let faultShare { options.faults.share = faultShare.share }
        options.faults.lose = lose
        options.faults.repeats = repeats
        options.tokens = tokens
        if let tokenRate { options.tokenRate = tokenRate.perSecond }
        return options
    }
}

/// What `hydrotest serve --list-faults` says.
enum FaultList {
    /// Prints each fault, its sentence and the leak that it should be found as.
    static func print() {
        for fault in Fault.allCases {
            Output.line(fault.rawValue)
            let definition = fault.definition
            Output.line("    \(definition.sentence)")
            if let leak = definition.leak { Output.line("    leak: \(leak)") }
        }
    }
}
