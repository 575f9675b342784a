import EventLoop
import Glibc
import HTTP
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

/// One client of the metrics' address: one request, one answer, and the end.
final class MetricsConnection {
    let descriptor: Int32
    /// When it must be over, in ns of the monotonic clock.
    let deadline: Nanoseconds
    private var parser = HTTPRequestHeadParser(limitBytes: MetricsLimits.requestBytes)
    private var answer: [UInt8]?
    private var sent = 0

    init(_ descriptor: Int32, deadline: Nanoseconds) {
        self.descriptor = descriptor
        self.deadline = deadline
    }

    deinit {
        parser.release()
        Socket.discardReceived(descriptor)
        Socket.close(descriptor)
    }

    /// What is waited for, as poll(2) names it.
    var interest: Int16 { Int16(answer == nil ? POLLIN : POLLOUT) }

    /// Goes on as far as the socket lets it.
    ///
    /// - Parameter page: makes the page of a form.
    /// - Returns: whether anything is left to do.
    func proceed(_ page: (MetricsPage.Form) -> MetricsPage) -> Bool {
        if answer == nil, !read(page) { return false }
        return answer == nil || write()
    }

    /// Reads as much of the request as has come; false at its untimely end.
    private func read(_ page: (MetricsPage.Form) -> MetricsPage) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: MetricsLimits.requestBytes, alignment: 1) { buffer in
            switch Socket.receive(descriptor, into: buffer) {
            case .wouldBlock: return true
            case .end, .failed: return false
            case .bytes(let count):
                answer = answer(to: UnsafeRawBufferPointer(rebasing: buffer[..<count]), page)
                return true
            }
        }
    }

    /// The answer once the request's head is there.
    private func answer(to bytes: UnsafeRawBufferPointer, _ page: (MetricsPage.Form) -> MetricsPage) -> [UInt8]? {
        do throws(HTTPHeadError) {
            return try parser.parse(bytes).map { Self.answer(to: $0.head, page) }
        } catch {
            return Self.answer(status: 400, "\(error.rawValue)\n")
        }
    }

    private func write() -> Bool {
        guard let answer else { return true }
        let result = answer.withUnsafeBytes {
            Socket.send(descriptor, UnsafeRawBufferPointer(rebasing: $0[sent...]))
        }
        switch result {
        case .bytes(let count): sent += count
        case .wouldBlock: return true
        case .end, .failed: return false
        }
        return sent < answer.count
    }

    /// The answer to a request.
    static func answer(to head: HTTPRequestHead, _ page: (MetricsPage.Form) -> MetricsPage) -> [UInt8] {
        guard head.path == "/metrics" else { return answer(status: 404, "the metrics are at /metrics\n") }
        guard ["GET", "HEAD"].contains(head.method) else {
            return answer(status: 405, "GET is allowed\n", fields: [HTTPField("Allow", "GET, HEAD")])
        }
        let form = MetricsPage.Form(accept: head.fields.values(of: "accept").joined(separator: ","))
        return answer(
            status: 200,
            page(form).text,
            type: form.contentType,
            hasBody: head.method == "GET"
        )
    }

    private static func answer(
        status: Int,
        _ text: String,
        type: String = "text/plain; charset=utf-8",
        fields: [HTTPField] = [],
        hasBody: Bool = true
    ) -> [UInt8] {
        let body = Array(text.utf8)
        let all = [
            HTTPField("Content-Type", type), HTTPField("Content-Length", "\(body.count)"),
            HTTPField("Cache-Control", "no-store"), HTTPField("Connection", "close"),
        ]
        do {
            return try HTTPHeadWriter.response(status: status, fields: all + fields) + (hasBody ? body : [])
        } catch {
            preconditionFailure("a head of constants can be written")
        }
    }
}

/// What a client of the metrics' address may cost.
enum MetricsLimits {
    /// Connections at once; one more closes the oldest.
    static let connections = 16
    /// Bytes of a request's head.
    static let requestBytes = 8 << 10
    /// How long a connection may take in all, in ns.
    static let time: Nanoseconds = 5 * .perSecond
}
