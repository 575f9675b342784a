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
