import EventLoop
import Glibc
import Synchronization
import Vocabulary

/// Serves a run's figures to Prometheus on the loop, on a thread of its own, while the run lasts.
public final class MetricsServer: Sendable {
    /// How often the end is looked for, in ms.
    private static let lookEvery: Int32 = 100

    /// Where the metrics are.
    public let address: String
    private let isStopped = Atomic<Bool>(false)
    private let thread = Locked<OperatingSystemThread?>(nil)

    /// Starts to serve.
    ///
    /// - Parameter port: the port on 127.0.0.1; 0 for a free one.
    /// - Throws: `EADDRINUSE`, `EACCES` and the like where the port cannot be had.
    public init(_ monitor: RunMonitor, port: UInt16) throws(SystemError) {
        guard let loopback = SocketAddress("127.0.0.1", port: port) else {
            preconditionFailure("a constant address can be read")
        }
        let listener = try Socket.listen(on: loopback, backlog: Int32(MetricsLimits.connections))
        do throws(SystemError) {
            address = "http://\(try Socket.localAddress(listener))/metrics"
            let started = try OperatingSystemThread(name: "metrics") { [self] in
                serve(listener, monitor)
                Socket.close(listener)
            }
            thread.withLock { $0 = started }
        } catch {
            Socket.close(listener)
            throw error
        }
    }

    /// Ends the serving; to be called once.
    public func stop() {
        isStopped.store(true, ordering: .relaxed)
        thread.withLock { $0.take() }?.join()
    }

    private func serve(_ listener: Int32, _ monitor: RunMonitor) {
        var connections: [MetricsConnection] = []
        while !isStopped.load(ordering: .relaxed) {
            var entries = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            entries += connections.map { pollfd(fd: $0.descriptor, events: $0.interest, revents: 0) }
            _ = poll(&entries, nfds_t(entries.count), Self.lookEvery)
            let now = MonotonicClock.now()
            let ready = Set(entries.filter { $0.revents != 0 }.map(\.fd))
            connections.removeAll { connection in
                guard now < connection.deadline else { return true }
                guard ready.contains(connection.descriptor) else { return false }
                return !connection.proceed { MetricsPage(monitor.snapshot(), form: $0) }
            }
            if ready.contains(listener) { accept(listener, into: &connections, now: now) }
        }
    }

    private func accept(_ listener: Int32, into connections: inout [MetricsConnection], now: Nanoseconds) {
        do {
            while let descriptor = try Socket.accept(listener) {
                if connections.count == MetricsLimits.connections { connections.removeFirst() }
                connections.append(MetricsConnection(descriptor, deadline: now + MetricsLimits.time))
            }
        } catch {
            // Without a descriptor, or a client that has gone: the next look tries again, after a while.
            usleep(UInt32(Self.lookEvery) * 1_000)
        }
    }
}
