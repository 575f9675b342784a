import EventLoop
import Fuzzing
import Glibc
import HTTP
import Probe
import RunProfile
import Transport
import Vocabulary

/// A server that runs already as a target of the fuzzer; described by a profile.
final class ForeignTarget: FuzzTarget {
    /// How often a server that has gone is looked for, in ns.
    private static let lookEvery: Nanoseconds = 200 * .perMillisecond

    private let profile: Profile
    private let url: TargetURL
    private var restarted: DetachedCommand?
    let server: FuzzServer

    /// Looks up the addresses of a profile's target and actions.
    ///
    /// - Throws: ``RunError`` where a host has no address, or certificates cannot be read.
    init(_ profile: Profile, url: TargetURL) throws(RunError) {
        self.profile = profile
        self.url = url
        let builder = EndpointBuilder(profile: profile, reference: nil)
        let target = try Self.destination(url, builder)
        let fields = profile.target.headers.map { HTTPField($0.name, $0.value) }
        func request(_ request: ActionOptions.Request?) throws(RunError) -> ActionRequest? {
            guard let request else { return nil }
            let url = builder.url(request.address)
            var action = ActionRequest(method: request.method, target: url.path, body: request.body)
            if request.body == nil, request.method != "GET", request.method != "HEAD" { action.body = "" }
            action.fields = fields
            action.destination = try Self.destination(url, builder)
            return action
        }
        var connect = ActionRequest(method: profile.target.method, target: url.path, body: profile.target.body)
        connect.fields = fields
        var server = FuzzServer(
            plain: url.tls ? nil : target,
            secure: url.tls ? target : nil,
            connect: try request(profile.actions.connect) ?? connect,
            health: try request(profile.actions.health) ?? connect
        )
        server.connect.fields = [HTTPField("Accept", "text/event-stream")] + fields
        server.subscribe = try request(profile.actions.subscribe)
        server.unsubscribe = try request(profile.actions.unsubscribe)
        server.publish = try request(profile.actions.publish)
        server.identity = profile.actions.identity
        server.targets = ["/", "/nothing"]
        server.heartbeat = profile.heartbeat?.expect
        self.server = server
    }

    /// Nobody of this process can tell.
    var end: String? { nil }

    func gaugeReaders() -> [any GaugeReader] {
        let builder = EndpointBuilder(profile: profile, reference: nil)
        return profile.probes.compactMap {
            try? GaugeWatch.reader($0, builder: builder, reference: nil, mayRestart: false)
        }
    }

    func restart() throws(FuzzError) {
        if let words = profile.exec.restart {
            restarted?.stop()
            do {
                restarted = try DetachedCommand(words)
            } catch {
                throw .machine("exec.restart: cannot run \(words[0]): \(error)")
            }
        }
        let deadline = MonotonicClock.now() + FuzzLimits.returnTime
        while MonotonicClock.now() < deadline {
            if EndpointBuilder.accepts(server.address) { return }
            usleep(UInt32(Self.lookEvery / .perMicrosecond))
        }
        let hook =
            profile.exec.restart == nil ? "; give the profile exec: { restart: [...] }, which starts it again" : ""
        throw .unreachable("\(url) has not come back within \(DurationText.format(FuzzLimits.returnTime))\(hook)")
    }

    /// Ends what was started to start the server.
    func stop() { restarted?.stop() }

    private static func destination(_ url: TargetURL, _ builder: EndpointBuilder) throws(RunError) -> Destination {
        Destination(
            address: try EndpointBuilder.address(url),
            host: url.hostHeader,
            tls: url.tls ? try builder.tlsContext(url) : nil
        )
    }
}

extension FuzzServer {
    /// Where its streams are opened.
    fileprivate var address: SocketAddress {
        guard let destination = plain ?? secure else { preconditionFailure("a target has an address") }
        return destination.address
    }
}

/// A command that nobody waits for: it may start a server and end, or be the server.
final class DetachedCommand {
    private let pid: pid_t
    private var isReaped = false

    /// Starts a program in a process group of its own; its output goes where our errors go.
    ///
    /// - Throws: `ENOENT`, `EACCES` and what else posix_spawn(3) names.
    init(_ words: [String]) throws(SystemError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The interrupts that we wait for on a thread must not stay blocked in the child.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        let status = posix_spawnp(&child, words[0], &actions, &attributes, &arguments, environ)
        guard status == 0 else { throw SystemError(status) }
        pid = child
    }

    /// Ends it and what it started in its group.
    func stop() {
        guard !isReaped else { return }
        isReaped = true
        kill(-pid, SIGKILL)
        waitpid(pid, nil, 0)
    }
}
