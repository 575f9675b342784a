import CLinux
import Glibc

/// Calls on nonblocking TCP sockets, by descriptor.
public enum Socket {
    /// What a narrow socket asks its own kernel to buffer, in bytes.
    private static let narrowBytes: Int32 = 32 << 10

    /// Opens a nonblocking TCP socket.
    ///
    /// - Throws: `EMFILE`, `ENFILE`, `ENOBUFS` and what else socket(2) names.
    public static func open(family: Int32) throws(SystemError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, Int32(IPPROTO_TCP))
        guard descriptor >= 0 else { throw .last }
        return descriptor
    }

    /// Opens a socket and sends a connection attempt; the socket becomes writable when the attempt has ended.
    ///
    /// - Parameters:
    ///   - source: the address to connect from; its port may be 0 and is then chosen at connection, so that every pair
    ///     of addresses has a port range of its own.
    ///   - receiveBuffer: the most that the kernel may receive ahead of the reader, in bytes (socket(7), SO_RCVBUF); nil
    ///     for its choice, which grows with the stream.
    ///   - isNarrow: whether both kernels buffer as little as they can, so that a reader that stalls is felt.
    /// - Throws: what socket(2), bind(2) and connect(2) name at once.
    public static func connect(
        to target: SocketAddress,
        from source: SocketAddress? = nil,
        receiveBuffer: Int? = nil,
        isNarrow: Bool = false
    ) throws(SystemError) -> Int32 {
        let descriptor = try open(family: target.family)
        if let receiveBuffer {
            setOption(descriptor, level: SOL_SOCKET, SO_RCVBUF, Int32(clamping: receiveBuffer))
        }
        setOption(descriptor, level: Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        if isNarrow {
            // The peer's send buffer grows with the size of its segments.
            setOption(descriptor, level: Int32(IPPROTO_TCP), TCP_MAXSEG, 1_024)
            setOption(descriptor, level: SOL_SOCKET, SO_RCVBUF, narrowBytes)
        }
        if let source {
            setOption(descriptor, level: Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, 1)
            guard source.withPointer({ bind(descriptor, $0, source.length) }) == 0 else {
                throw closing(descriptor)
            }
        }
        guard target.withPointer({ Glibc.connect(descriptor, $0, target.length) }) == 0 || errno == EINPROGRESS else {
            throw closing(descriptor)
        }
        return descriptor
    }

    /// Opens a listening socket.
    ///
    /// - Parameter backlog: connections that may wait to be accepted; the kernel caps it.
    /// - Throws: `EADDRINUSE`, `EACCES` and what else bind(2) and listen(2) name.
    public static func listen(on address: SocketAddress, backlog: Int32 = 65_535) throws(SystemError) -> Int32 {
        let descriptor = try open(family: address.family)
        setOption(descriptor, level: SOL_SOCKET, SO_REUSEADDR, 1)
        guard address.withPointer({ bind(descriptor, $0, address.length) }) == 0,
            Glibc.listen(descriptor, backlog) == 0
        else { throw closing(descriptor) }
        return descriptor
    }

    /// Takes one waiting connection as a nonblocking socket.
    ///
    /// - Returns: nil where none waits.
    /// - Throws: `EMFILE` and what else accept4(2) names; `ECONNABORTED` where the peer has gone.
    public static func accept(_ listener: Int32) throws(SystemError) -> Int32? {
        let descriptor = hydrotest_accept(listener)
        if descriptor >= 0 {
            setOption(descriptor, level: Int32(IPPROTO_TCP), TCP_NODELAY, 1)
            return descriptor
        }
        if errno == EAGAIN { return nil }
        throw .last
    }

    /// The address a socket is bound to.
    ///
    /// - Throws: what getsockname(2) names.
    public static func localAddress(_ descriptor: Int32) throws(SystemError) -> SocketAddress {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard status == 0 else { throw .last }
        return SocketAddress(storage: storage, length: length)
    }

    /// Reads what has arrived into a buffer.
    @inlinable
    public static func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> IOResult {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno == EAGAIN { return .wouldBlock }
            if errno != EINTR { return .failed(.last) }
        }
    }

    /// Asks the kernel to tell when it received a socket's bytes (SO_TIMESTAMPNS); where it cannot, nothing changes.
    public static func stampReceived(_ descriptor: Int32) {
        _ = hydrotest_stamp_received(descriptor)
    }

    /// Reads what has arrived into a buffer, with the moment at which the kernel received the last of it.
    ///
    /// - Parameter received: set to ns of the realtime clock; 0 where the kernel does not say.
    public static func receive(
        _ descriptor: Int32,
        into buffer: UnsafeMutableRawBufferPointer,
        received: inout UInt64
    ) -> IOResult {
        while true {
            let count = hydrotest_receive(descriptor, buffer.baseAddress, buffer.count, &received)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno == EAGAIN { return .wouldBlock }
            if errno != EINTR { return .failed(.last) }
        }
    }

    /// Writes as many bytes as the socket takes.
    @inlinable
    public static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> IOResult {
        while true {
            let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count >= 0 { return .bytes(count) }
            if errno == EAGAIN { return .wouldBlock }
            if errno != EINTR { return .failed(.last) }
        }
    }

    /// The error that a connection attempt or the peer left on the socket; nil for none.
    public static func pendingError(_ descriptor: Int32) -> SystemError? {
        var number: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) == 0 else { return .last }
        return number == 0 ? nil : SystemError(number)
    }

    /// Whether the peer has closed its side, or the connection has ended, as far as the kernel knows now.
    public static func isEndedByPeer(_ descriptor: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: Readiness.peerClosed.rawValue), revents: 0)
        return poll(&entry, 1, 0) == 1
    }

    /// Whether a connection attempt was refused; the error that is left on the socket is taken from it.
    public static func wasRefused(_ descriptor: Int32) -> Bool {
        pendingError(descriptor)?.number == ECONNREFUSED
    }

    /// Throws away what has arrived, up to a bound, so that a close sends a FIN and not a RST.
    public static func discardReceived(_ descriptor: Int32) {
        let atMost = 1 << 20
        let flags = Int32(MSG_TRUNC) | Int32(MSG_DONTWAIT)
        _ = recv(descriptor, nil, atMost, flags)
    }

    /// Lets a narrow socket receive as fast as others.
    public static func widen(_ descriptor: Int32) { setOption(descriptor, level: SOL_SOCKET, SO_RCVBUF, 1 << 20) }

    /// Makes the next close send a RST: linger of zero (socket(7), SO_LINGER).
    public static func resetOnClose(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Makes the next close send nothing at all (TCP_REPAIR).
    ///
    /// - Throws: `EPERM` without CAP_NET_ADMIN.
    public static func vanishOnClose(_ descriptor: Int32) throws(SystemError) {
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        guard setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_REPAIR, &on, size) == 0 else { throw .last }
    }

    /// Sends a FIN and leaves the read side open.
    public static func shutdownWrite(_ descriptor: Int32) {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Closes a descriptor.
    public static func close(_ descriptor: Int32) {
        _ = Glibc.close(descriptor)
    }

    private static func setOption(_ descriptor: Int32, level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        _ = setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func closing(_ descriptor: Int32) -> SystemError {
        let error = SystemError.last
        close(descriptor)
        return error
    }
}

/// What came of reading or writing a nonblocking descriptor.
public enum IOResult: Equatable, Sendable {
    /// That many bytes were moved, at least one.
    case bytes(Int)
    /// Nothing can be moved now.
    case wouldBlock
    /// The peer has closed its write side, and everything has been read.
    case end
    /// The call failed.
    case failed(SystemError)
}

/// How many descriptors this process may open.
public enum DescriptorLimit {
    /// Raises the limit as far as the system allows.
    ///
    /// - Returns: the limit from now on.
    @discardableResult
    public static func raise() -> Int {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        getrlimit(resource, &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
        getrlimit(resource, &limit)
        return Int(clamping: limit.rlim_cur)
    }
}
