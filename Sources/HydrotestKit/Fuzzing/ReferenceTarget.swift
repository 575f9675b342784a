import EventLoop
import Fuzzing
import Probe
import RunProfile
import Transport
import Vocabulary

/// The bundled server as a target of the fuzzer; started again where a case has ended it.
final class ReferenceTarget: FuzzTarget {
    /// The period of its heartbeats, short enough to be learned, in ns.
    private static let heartbeat: Nanoseconds = 400 * .perMillisecond

    private let options: ReferenceOptions
    private let executable: String
    private let path: String
    private var process: ReferenceProcess
    private(set) var server: FuzzServer

    /// Starts the server.
    ///
    /// - Parameter path: the request target of its streams; `topics` in its query is replaced by each client's own.
    init(_ options: ReferenceOptions, path: String, executable: String) throws(RunError) {
        self.options = options
        self.executable = executable
        self.path = path
        process = try ReferenceProcess(options, executable: executable)
        server = try Self.server(process, path)
    }

    /// The options of a server that is started without a profile.
    static var defaults: ReferenceOptions {
        var options = ReferenceOptions()
        options.heartbeat = heartbeat
        return options
    }

    var end: String? { process.end }

    func restart() throws(FuzzError) {
        process.stop()
        do {
            process = try ReferenceProcess(options, executable: executable)
            server = try Self.server(process, path)
        } catch {
            throw .machine(error.description)
        }
    }

    func gaugeReaders() -> [any GaugeReader] {
        let names = [
            "clients", "timers", "subscriptions", "sockets", "slots", "topics", "producers", "queuedBytes", "pool",
            "opened",
        ]
        // Bytes that wait for nobody are as much of a leak as clients.
        let gauges = names.map { ProbeOptions.HTTPGauge(name: $0, pointer: "/\($0)") }
        var url = process.plain
        url.path = "/debug/state"
        let timeout = Sampler.shortestTimeout
        var readers: [any GaugeReader] = []
        if let state = try? HTTPGaugeReader(probe: "state", url: url, gauges: gauges, timeout: timeout) {
            readers.append(state)
        }
        if let descriptors = try? ProcessGaugeReader(probe: "process", pid: process.pid, gauges: [.fds]) {
            readers.append(descriptors)
        }
        return readers
    }

    /// Ends the server.
    func stop() { process.stop() }

    private static func server(_ process: ReferenceProcess, _ path: String) throws(RunError) -> FuzzServer {
        var tlsOptions = TLSClientContext.Options()
        tlsOptions.authorityFile = process.certificateFile
        let tls: TLSClientContext
        do {
            tls = try TLSClientContext(serverName: process.tls.host, options: tlsOptions)
        } catch {
            throw .machine("\(error)")
        }
        let plain = Destination(address: try EndpointBuilder.address(process.plain), host: process.plain.hostHeader)
        let secure = Destination(
            address: try EndpointBuilder.address(process.tls),
            host: process.tls.hostHeader,
            tls: tls
        )
        let stream = path.split(separator: "?").first.map(String.init) ?? "/events"
        var server = FuzzServer(
            plain: plain,
            secure: secure,
            connect: ActionRequest(method: "GET", target: "\(stream)?topics={topics}"),
            health: ActionRequest(method: "GET", target: "/healthz")
        )
        server.health.destination = plain
        server.subscribe = ActionRequest(method: "POST", target: "/subscribe?id={id}&topics={topics}", body: "")
        server.unsubscribe = ActionRequest(method: "POST", target: "/unsubscribe?id={id}&topics={topics}", body: "")
        server.publish = ActionRequest(method: "POST", target: "/broadcast?topic={topic}", body: "{data}")
        server.targets = ["/healthz", "/metrics", "/debug/state", "/v1/chat/completions", "/", "/nothing"]
        return server
    }
}
