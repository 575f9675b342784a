import EventLoop
import Foundation
import HTTP
import Synchronization
import Vocabulary

/// Shows a report folder to browsers on this machine: its files as they lie there, compressed, under a strict policy.
///
/// One thread, one answer a connection, and a bound on everything a client could pile up (``ViewerLimits``).
public final class ReportViewer: @unchecked Sendable {
    private struct Connection {
        let descriptor: Int32
        var parser: HTTPRequestHeadParser
        /// What is left to be sent; nil while the request is read.
        var output: ArraySlice<UInt8>?
    }

    private static let listenerToken = UInt64(ViewerLimits.connections)

    private let folder: String
    private let loop: EventLoop
    private let listener: Int32
    private var connections = [Connection?](repeating: nil, count: ViewerLimits.connections)
    private let isStopped = Atomic<Bool>(false)
    /// The page's address.
    public let address: String

    /// Listens on 127.0.0.1.
    ///
    /// - Parameters:
    ///   - folder: the report folder.
    ///   - port: the port; 0 for a free one.
    /// - Throws: ``ViewerError``.
    public init(folder: String, port: UInt16) throws(ViewerError) {
        guard FileManager.default.isReadableFile(atPath: "\(folder)/report.html.gz") else {
            throw .noReport(folder: folder)
        }
        self.folder = folder
        guard let local = SocketAddress("127.0.0.1", port: port) else { preconditionFailure("an address in digits") }
        do {
            listener = try Socket.listen(on: local)
        } catch {
            throw .port(port, error: error.name)
        }
        do {
            loop = try EventLoop()
            try loop.add(listener, for: .readable, token: Self.listenerToken)
            address = "http://\(try Socket.localAddress(listener))/"
        } catch {
            Socket.close(listener)
            throw .machine(error.description)
        }
    }

    deinit {
        for case let connection? in connections { Socket.close(connection.descriptor) }
        Socket.close(listener)
    }

    /// Serves until ``stop()`` is called.
    ///
    /// - Throws: ``ViewerError/machine(_:)`` where the event loop fails.
    public func run() throws(ViewerError) {
        while !isStopped.load(ordering: .acquiring) {
            do {
                try loop.turn { handle($0) }
            } catch {
                throw .machine(error.description)
            }
        }
    }

    /// Ends the serving; from any thread.
    public func stop() {
        isStopped.store(true, ordering: .releasing)
        loop.wake()
    }

    private func handle(_ occurrence: Occurrence) {
        switch occurrence {
        case .ready(Self.listenerToken, _): accept()
        case .ready(let token, _): go(on: Int(token))
        case .expired(let slot, _): close(slot)
        case .woken: break
        }
    }

    private func accept() {
        // Where no descriptor is left, the next turn tries again.
        guard let accepted = try? Socket.accept(listener) else { return }
        guard let slot = connections.firstIndex(where: { $0 == nil }),
            (try? loop.add(accepted, for: [.readable, .peerClosed], token: UInt64(slot))) != nil
        else { return Socket.close(accepted) }
        let parser = HTTPRequestHeadParser(limitBytes: ViewerLimits.requestBytes)
        connections[slot] = Connection(descriptor: accepted, parser: parser)
        loop.timers.set(slot, at: loop.turnStarted + ViewerLimits.time)
    }

    private func go(on slot: Int) {
        guard let connection = connections[slot] else { return }
        if connection.output == nil { read(slot) } else { write(slot) }
    }

    private func read(_ slot: Int) {
        guard var connection = connections[slot] else { return }
        let answer = withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 1) { buffer -> ViewerAnswer?? in
            switch Socket.receive(connection.descriptor, into: buffer) {
            case .wouldBlock: return .some(nil)
            case .end, .failed: return nil
            case .bytes(let count):
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                do throws(HTTPHeadError) {
                    guard let parsed = try connection.parser.parse(bytes) else { return .some(nil) }
                    return ViewerAnswer(to: parsed.head, load: load)
                } catch {
                    return ViewerAnswer(to: error)
                }
            }
        }
        connections[slot] = connection
        guard let answer else { return close(slot) }
        guard let answer else { return }
        connections[slot]?.output = answer.bytes[...]
        do {
            try loop.modify(connection.descriptor, for: .writable, token: UInt64(slot))
        } catch {
            close(slot)
        }
    }

    private func write(_ slot: Int) {
        guard let connection = connections[slot], let output = connection.output else { return }
        switch output.withUnsafeBytes({ Socket.send(connection.descriptor, $0) }) {
        case .bytes(let count):
            connections[slot]?.output = output.dropFirst(count)
            guard count == output.count else { return }
            // What was sent besides the request would turn the end into a reset.
            Socket.discardReceived(connection.descriptor)
            close(slot)
        case .wouldBlock: return
        case .end, .failed: close(slot)
        }
    }

    private func close(_ slot: Int) {
        guard var connection = connections[slot] else { return }
        connections[slot] = nil
        loop.timers.cancel(slot)
        connection.parser.release()
        Socket.close(connection.descriptor)
    }

    private func load(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) }
    }
}

/// Why a report cannot be shown.
public enum ViewerError: Error, Equatable, Sendable {
    /// The folder holds no page.
    case noReport(folder: String)
    /// The port cannot be listened on: the port and the error's name.
    case port(UInt16, error: String)
    /// The machine gives no event loop; the error's name.
    case machine(String)
}

extension ViewerError: CustomStringConvertible {
    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .noReport(let folder):
            "there is no report.html.gz in \"\(folder)\"; name a report folder, such as Reports/smoke"
        case .port(let port, let error): "cannot listen on 127.0.0.1:\(port): \(error); name another with --port, or 0"
        case .machine(let error): "cannot serve the report: \(error)"
        }
    }
}

/// The bounds of the viewer.
enum ViewerLimits {
    /// Connections at once; further ones are closed.
    static let connections = 32
    /// The longest head of a request, in bytes.
    static let requestBytes = 16 << 10
    /// How long a connection may take in all, in ns.
    static let time: Nanoseconds = 30 * .perSecond
}
