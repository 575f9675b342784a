import EventLoop
import Glibc
import Synchronization
import Transport

/// A server on a free port of the loopback address whose every byte a test decides.
///
/// Each accepted connection gets a thread that carries out the script and then closes it.
public final class ScriptedServer: Sendable {
    /// The most connections at once; more are a mistake of the test.
    public static let mostConnections = 512

    /// The port it listens on.
    public let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    private let isStopped = Atomic<Bool>(false)

    private struct State {
        var seen: [Seen] = []
        var accepter: OperatingSystemThread?
        var connections: [OperatingSystemThread] = []
    }

    /// What a script tells of its connection.
    public struct Seen: Sendable {
        /// What the client sent.
        public var bytes: [UInt8]
        /// How the client ended: `end`, `silence`, or the error's name.
        public var ending: String

        /// An observation from its parts.
        public init(_ bytes: [UInt8] = [], ending: String) {
            self.bytes = bytes
            self.ending = ending
        }
    }

    /// Starts to accept.
    ///
    /// - Parameters:
    ///   - host: the numeric address to listen on.
    ///   - script: carried out once a connection; what it throws is noted as an ending.
    /// - Throws: what the sockets' calls name.
    public init(
        host: String = "127.0.0.1",
        _ script: @escaping @Sendable (ScriptedConnection) throws -> Seen?
    ) throws {
        guard let address = SocketAddress(host, port: 0) else { throw ScriptedError(reason: "no address: \(host)") }
        listener = try Socket.listen(on: address)
        port = try Socket.localAddress(listener).port
        let accepter = try OperatingSystemThread(name: "scripted") { [unowned self] in accept(script) }
        state.withLock { $0.accepter = accepter }
    }

    deinit { stop() }

    /// The plain address of a path.
    public func url(_ path: String = "/", scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }

    /// Waits until all scripts have ended, those of connections that still wait included, and closes the listener.
    ///
    /// - Returns: what the scripts told, in the order of their ends.
    @discardableResult
    public func stop() -> [Seen] {
        if !isStopped.exchange(true, ordering: .relaxed) {
            let accepter = state.withLock { $0.accepter }
            accepter?.join()
            let threads = state.withLock { $0.connections }
            for thread in threads { thread.join() }
            Socket.close(listener)
        }
        return seen
    }

    /// What the scripts that have ended told so far.
    public var seen: [Seen] { state.withLock { $0.seen } }

    private func accept(_ script: @escaping @Sendable (ScriptedConnection) throws -> Seen?) {
        while true {
            // What connected before the stop is still served.
            let isLast = isStopped.load(ordering: .relaxed)
            var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, 5) == 1, let descriptor = try? Socket.accept(listener) else {
                if isLast { return }
                continue
            }
            let thread = try? OperatingSystemThread(name: "script") { [unowned self] in
                let connection = ScriptedConnection(descriptor)
                defer { connection.close() }
                do {
                    if let seen = try script(connection) { note(seen) }
                } catch let error as ScriptedError {
                    note(Seen(ending: error.reason))
                } catch {
                    note(Seen(ending: "\(error)"))
                }
            }
            guard let thread else { preconditionFailure("the system has no thread left") }
            state.withLock {
                $0.connections.append(thread)
                precondition($0.connections.count <= Self.mostConnections)
            }
        }
    }

    private func note(_ seen: Seen) { state.withLock { $0.seen.append(seen) } }
}
