import EventLoop
import Glibc
import Transport
import Vocabulary

/// One connection of an exchange, and everything that comes on it.
final class ExchangeConnection {
    /// What one read can bring.
    private static let readBytes = 64 << 10
    /// How often a wait looks whether it is to end, in ns.
    private static let lookEvery: Nanoseconds = 100 * .perMillisecond

    private let stream: ByteStream
    private let isInterrupted: @Sendable () -> Bool
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readBytes, alignment: 16)
    private var isOpen = true
    /// What ended the reading, not yet told.
    private var hasEnded = false
    private var failure: ExchangeFailure?
    /// What came.
    private(set) var bytes: [UInt8] = []
    /// When it came.
    private(set) var arrivals: [Arrival] = []

    /// Sends a connection attempt.
    init(
        to address: SocketAddress,
        tls: TLSClientContext?,
        resuming sessions: TLSSessionCache?,
        isInterrupted: @escaping @Sendable () -> Bool
    ) throws(ExchangeFailure) {
        self.isInterrupted = isInterrupted
        do {
            stream = try ByteStream.connect(to: address, tls: tls, resuming: sessions)
        } catch {
            throw ExchangeFailure(error)
        }
    }

    deinit {
        close()
        buffer.deallocate()
    }

    /// What is known of the connection's TLS.
    var facts: TLSFacts? {
        guard isOpen, stream.isTLS else { return nil }
        var facts = TLSFacts()
        facts.version = stream.tlsVersion
        facts.applicationProtocol = stream.applicationProtocol
        facts.isResumed = stream.isResumed
        facts.alerts = stream.receivedAlerts
        return facts
    }

    /// Waits until the connection stands.
    func establish(by deadline: Nanoseconds) throws(ExchangeFailure) {
        let end = ExchangeEnd.timeout("TIMEOUT_CONNECT")
        guard try wait(for: POLLOUT, until: deadline) else { throw ExchangeFailure(end) }
        if let failure = stream.connectError() { throw ExchangeFailure(failure) }
        while true {
            switch stream.handshake() {
            case .established: return
            case .failed(let failure): throw ExchangeFailure(failure)
            case .wouldBlock, .stopped:
                guard try wait(for: POLLIN, until: deadline) else { throw ExchangeFailure(end) }
            }
        }
    }

    /// Sends all bytes, and reads what comes meanwhile: a server may answer before it has read them.
    ///
    /// - Parameter pace: how many at once.
    /// - Returns: false where the server stopped taking them, or closed.
    func send(_ bytes: [UInt8], pace: ExchangeScript.Pace, by deadline: Nanoseconds) throws(ExchangeFailure) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let end = pace == .byteByByte ? sent + 1 : bytes.count
            switch bytes.withUnsafeBytes({ stream.write(UnsafeRawBufferPointer(rebasing: $0[sent..<end])) }) {
            case .bytes(let count): sent += count
            case .wouldBlock:
                guard try wait(for: POLLOUT | POLLIN, until: deadline) else { return false }
                if case .end = try receive() { return false }
            case .end, .failed: return false
            }
        }
        return true
    }

    /// What a read brought.
    enum Received {
        case bytes
        case nothing
        case end
    }

    /// Reads all that has come: a TLS session may hold more than the socket shows.
    func receive() throws(ExchangeFailure) -> Received {
        var received = Received.nothing
        while failure == nil, !hasEnded {
            guard bytes.count < CheckLimits.exchangeBytes else {
                failure = ExchangeFailure(.limit("LIMIT_EXCHANGE_BYTES"))
                break
            }
            switch stream.read(into: buffer) {
            case .bytes(let count):
                bytes += buffer[..<count]
                arrivals.append(Arrival(end: bytes.count, moment: MonotonicClock.now()))
                received = .bytes
            case .wouldBlock: return received
            case .end: hasEnded = true
            case .failed(let error): failure = ExchangeFailure(error)
            }
        }
        if received == .bytes { return received }
        if let failure { throw failure }
        return .end
    }

    /// Waits for bytes.
    ///
    /// - Returns: false when the moment, in ns of the monotonic clock, has come.
    func waitForBytes(until moment: Nanoseconds) throws(ExchangeFailure) -> Bool {
        if hasEnded || failure != nil { return true }
        return try wait(for: POLLIN, until: moment)
    }

    /// Shuts the write side down.
    func halfClose() { Socket.shutdownWrite(stream.descriptor) }

    /// Ends the connection with a RST.
    func reset() {
        Socket.resetOnClose(stream.descriptor)
        close()
    }

    /// Ends the connection.
    func close() {
        guard isOpen else { return }
        isOpen = false
        stream.close()
    }

    private func wait(for events: Int32, until moment: Nanoseconds) throws(ExchangeFailure) -> Bool {
        while true {
            let now = MonotonicClock.now()
            guard now < moment else { return false }
            guard !isInterrupted() else { throw ExchangeFailure(.interrupted) }
            // Rounded up, so that the last millisecond is not spent turning.
            let milliseconds = (min(moment, now + Self.lookEvery) - now) / .perMillisecond + 1
            var entry = pollfd(fd: stream.descriptor, events: Int16(events), revents: 0)
            let count = poll(&entry, 1, Int32(clamping: milliseconds))
            if count > 0 { return true }
            if count < 0, errno != EINTR { throw ExchangeFailure(SystemError.last) }
        }
    }
}

/// Why an exchange ended before its time.
struct ExchangeFailure: Error {
    let end: ExchangeEnd

    init(_ end: ExchangeEnd) { self.end = end }

    init(_ failure: Failure) { end = .failed(failure.name) }

    init(_ error: SystemError) { end = .failed(error.name) }
}

/// Finds the address that answers at a URL.
enum TargetAddress {
    /// The first of the host's addresses that a connection, with its TLS handshake, stands to.
    ///
    /// - Throws: ``CheckError/unreachable(_:)`` where there is none; ``CheckError/interrupted``.
    static func find(
        _ url: TargetURL,
        tls: TLSClientContext?,
        isInterrupted: @escaping @Sendable () -> Bool
    ) throws(CheckError) -> SocketAddress {
        let addresses: [SocketAddress]
        do {
            addresses = try SocketAddress.resolve(url.host, port: url.port)
        } catch {
            throw .unreachable("UNRESOLVED_HOST")
        }
        var reason = "UNRESOLVED_HOST"
        for address in addresses {
            do throws(ExchangeFailure) {
                let connection = try ExchangeConnection(
                    to: address,
                    tls: tls,
                    resuming: nil,
                    isInterrupted: isInterrupted
                )
                defer { connection.close() }
                try connection.establish(by: MonotonicClock.now() + CheckLimits.connectTime)
                return address
            } catch {
                guard error.end != .interrupted else { throw .interrupted }
                reason = error.end.words
            }
        }
        throw .unreachable(reason)
    }
}
