import EventLoop
import Logging
import Transport
import Vocabulary

/// A server of event streams that carries one of the registries, with the faults that are switched on.
///
/// Two threads: one owns the sockets, one executes the requests.
public final class ReferenceServer: Sendable {
    private struct Running {
        let socketThread: SocketThread
        let handlerThread: HandlerThread
        let threads: [OperatingSystemThread]
    }

    private enum State {
        case fresh
        case running(Running)
        case stopped
    }

    private let parts: ServerParts
    private let tls: TLSServerContext?
    private let state = Locked(State.fresh)

    /// The certificate that the server signed itself, in PEM; nil where it has none or one from a file.
    public let certificatePEM: String?

    /// A server that does not listen yet.
    ///
    /// - Throws: ``ReferenceServerError``, ``TLSContextError`` or ``SystemError``.
    public init(_ options: ReferenceServerOptions = ReferenceServerOptions()) throws {
        guard options.port != nil || options.tlsPort != nil else { throw ReferenceServerError.noPort }
        guard (options.certificateFile == nil) == (options.keyFile == nil) else {
            throw ReferenceServerError.certificateWithoutKey
        }
        guard options.heartbeat != 0, options.inactivity > 0, options.requestTimeout > 0 else {
            throw ReferenceServerError.zeroDuration
        }
        guard ReferenceServerLimits.tokens.contains(options.tokens),
            ReferenceServerLimits.tokenRate.contains(options.tokenRate)
        else { throw ReferenceServerError.tokensOutOfRange }
        if let (first, second) = options.exclusiveFaults {
            throw ReferenceServerError.exclusiveFaults(first, second)
        }
        if options.tlsPort == nil {
            (tls, certificatePEM) = (nil, nil)
        } else if let certificateFile = options.certificateFile, let keyFile = options.keyFile {
            tls = try TLSServerContext(certificateFile: certificateFile, keyFile: keyFile)
            certificatePEM = nil
        } else {
            let certificate = try SelfSignedCertificate()
            tls = try TLSServerContext(certificate)
            certificatePEM = certificate.certificatePEM
        }
        parts = try ServerParts(options)
    }

    /// Listens and serves on threads of its own.
    ///
    /// - Returns: the addresses, the plain one first.
    /// - Throws: ``SystemError`` (`EADDRINUSE` and the like), ``ResolveError`` or ``ReferenceServerError/alreadyStarted``.
    public func start() throws -> [TargetURL] {
        try state.withLock { state in
            guard case .fresh = state else { throw ReferenceServerError.alreadyStarted }
            let options = parts.options
            var listeners: [SocketThread.Listener] = []
            var addresses: [TargetURL] = []
            do {
                for (port, tls) in [(options.port, nil), (options.tlsPort, tls)] {
                    guard let port else { continue }
                    let descriptor = try Self.listen(host: options.host, port: port)
                    listeners.append(SocketThread.Listener(descriptor: descriptor, tls: tls))
                    let bound = try Socket.localAddress(descriptor).port
                    addresses.append(TargetURL(tls: tls != nil, host: options.host, port: bound, path: "/"))
                }
                state = .running(try run(listeners))
            } catch {
                for listener in listeners { Socket.close(listener.descriptor) }
                throw error
            }
            for address in addresses {
                parts.logger.debug(
                    "listening",
                    metadata: ["address": "\(address)", "registry": "\(options.registry.rawValue)"]
                )
            }
            return addresses
        }
    }

    /// Closes everything and waits for both threads; nothing where the server does not run.
    public func stop() {
        let running: Running? = state.withLock { state in
            defer { state = .stopped }
            guard case .running(let running) = state else { return nil }
            return running
        }
        guard let running else { return }
        running.socketThread.stop()
        running.handlerThread.stop()
        for thread in running.threads { thread.join() }
    }

    deinit { stop() }

    private func run(_ listeners: [SocketThread.Listener]) throws(SystemError) -> Running {
        let socketThread = SocketThread(parts, listeners: listeners)
        let handlerThread = HandlerThread(parts)
        let handling = try OperatingSystemThread(name: "serve-handler") { handlerThread.run() }
        do {
            let sockets = try OperatingSystemThread(name: "serve-sockets") { socketThread.run() }
            return Running(socketThread: socketThread, handlerThread: handlerThread, threads: [sockets, handling])
        } catch {
            handlerThread.stop()
            handling.join()
            throw error
        }
    }

    private static func listen(host: String, port: UInt16) throws -> Int32 {
        if let address = SocketAddress(host, port: port) { return try Socket.listen(on: address) }
        // The resolver gives at least one address or throws.
        return try Socket.listen(on: SocketAddress.resolve(host, port: port)[0])
    }
}

/// Why a reference server cannot be set up.
public enum ReferenceServerError: Error, Equatable, Sendable {
    /// Neither port is set.
    case noPort
    /// Of certificate and key only one is named.
    case certificateWithoutKey
    /// A period or a timeout is zero.
    case zeroDuration
    /// Two faults, or a fault and a registry, that cannot go together.
    case exclusiveFaults(Fault, Fault)
    /// A completion would have too few or too many tokens, or take too long or too little for each.
    case tokensOutOfRange
    /// The server has been started before.
    case alreadyStarted
}

extension ReferenceServerError: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .noPort: "neither a port for plain connections nor one for TLS is set"
        case .certificateWithoutKey: "a certificate and its key must be named together"
        case .zeroDuration: "a heartbeat's period and the timeouts are at least 1 ns"
        case .exclusiveFaults(let first, let second):
            "\(first.rawValue) and \(second.rawValue) cannot be switched on together; leave one out"
        case .tokensOutOfRange:
            "a completion has \(Self.bounds(ReferenceServerLimits.tokens)) tokens, and "
                + "\(Self.bounds(ReferenceServerLimits.tokenRate)) of them a second"
        case .alreadyStarted: "a server can be started once"
        }
    }

    private static func bounds<Bound>(_ range: ClosedRange<Bound>) -> String {
        "\(range.lowerBound) to \(range.upperBound)"
    }
}

/// What the two threads of a server share.
struct ServerParts: Sendable {
    let options: ReferenceServerOptions
    let socketLoop: EventLoop
    let handlerLoop: EventLoop
    let commands: Mailbox<SocketCommand>
    let requests: Mailbox<ServerRequest>
    let outbox: Outbox
    let timers: HandlerTimers
    let registry: any ClientRegistry
    let faults: Faults
    let pause: ServerPause
    let slots: ConnectionSlots
    let metrics: ServerMetrics
    let logger = Logger(label: "hydrotest.serve")

    init(_ options: ReferenceServerOptions) throws(SystemError) {
        self.options = options
        socketLoop = try EventLoop()
        handlerLoop = try EventLoop()
        commands = Mailbox(of: socketLoop)
        requests = Mailbox(of: handlerLoop)
        outbox = Outbox(to: commands)
        let timers = HandlerTimers(on: handlerLoop)
        self.timers = timers
        let pause = Self.pause(options.raceWindow, on: timers)
        metrics = ServerMetrics()
        faults = options.allFaults
        slots = ConnectionSlots(limit: faults.slots, metrics: metrics)
        self.pause = ServerPause(faults)
        let inactivity = options.inactivity
        registry = faults.registry(
            over: ClientMaps(timers: timers, inactivity: inactivity, faults: faults, pause: pause)
        )
    }

    /// How long before its end a registration's pause is waited for by looking at the clock, in ns.
    ///
    /// A timer fires a tick and a wake-up late, which is much of a window of some hundred microseconds. No longer than
    /// that, as a close that comes meanwhile needs a processor too.
    private static let watched: Nanoseconds = 20 * .perMicrosecond

    /// A pause that lasts for a window, to the microsecond where the machine has a processor to spare.
    private static func pause(_ window: Nanoseconds, on timers: HandlerTimers) -> RegistrationPause {
        guard window > 0 else { return { continuation in continuation() } }
        return { [weak timers] continuation in
            let end = MonotonicClock.now().saturatingAdding(window)
            timers?.run(after: window - min(window, watched)) {
                while MonotonicClock.now() < end {}
                continuation()
            }
        }
    }
}
