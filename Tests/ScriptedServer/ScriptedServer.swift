import EventLoop
import Synchronization

/// A server on a free port of the loopback address whose every byte a test decides.
///
/// Each accepted connection gets a thread that carries out the script and then closes it.
public final class ScriptedServer: Sendable {
    /// The port it listens on.
    public let port: UInt16
    private let accepter: ScriptedAccepter
    private let thread: OperatingSystemThread
    private let isStopped = Atomic<Bool>(false)

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
        let listener = try Socket.listen(on: address)
        port = try Socket.localAddress(listener).port
        let accepter = ScriptedAccepter(listener, script)
        thread = try OperatingSystemThread(name: "scripted") { accepter.run() }
        self.accepter = accepter
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
            accepter.stop()
            thread.join()
        }
        return seen
    }

    /// What the scripts that have ended told so far.
    public var seen: [Seen] { accepter.seen }
}
