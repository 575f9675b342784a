import EventLoop
import Glibc

/// The socket tables over netlink (sock_diag(7)), in this process's network namespace.
///
/// The kernel sends only the sockets of the states and the port asked for: several times as fast as
/// ``ProcSocketTable``, and whatever lies in TIME_WAIT costs nothing.
final class SocketDiagnostics: SocketTable {
    private static let replySize = 64 << 10
    /// How long the kernel may take for one part of its answer, in seconds.
    private static let secondsToAnswer = 1

    private let descriptor: Int32
    private let reply: UnsafeMutableRawBufferPointer
    private var sequence: UInt32 = 0

    /// Opens a netlink socket.
    ///
    /// - Throws: `EPROTONOSUPPORT` where the kernel has no such diagnostics, `EMFILE` and what else socket(2) names.
    init() throws(SystemError) {
        let kind = Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_NETLINK, kind, Netlink.socketDiagnosticsProtocol)
        guard descriptor >= 0 else { throw .last }
        var timeout = timeval(tv_sec: Self.secondsToAnswer, tv_usec: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        reply = .allocate(byteCount: Self.replySize, alignment: 8)
    }

    deinit {
        close(descriptor)
        reply.deallocate()
    }

    var openDescriptors: Int { 1 }

    /// Whether the kernel answers at all; some sandboxes give a netlink socket and no diagnostics.
    var works: Bool {
        do throws(SystemError) {
            try forEachRow(states: TCPState.listen.bit, localPort: nil) { _ in }
            return true
        } catch {
            return false
        }
    }

    func forEachRow(
        states: UInt32,
        localPort: UInt16?,
        remotePort: UInt16?,
        _ body: (SocketTableRow) -> Void
    ) throws(SystemError) {
        try request(states: states, ports: (localPort ?? 0, remotePort ?? 0))
        try receive(body)
    }

    private func request(states: UInt32, ports: (local: UInt16, remote: UInt16)) throws(SystemError) {
        sequence &+= 1
        let message = Netlink.request(states: states, ports: ports, sequence: sequence)
        let sent = message.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
        guard sent == message.count else { throw .last }
    }

    private func receive(_ body: (SocketTableRow) -> Void) throws(SystemError) {
        while true {
            let count = recv(descriptor, reply.baseAddress, reply.count, 0)
            if count < 0 {
                if errno == EINTR { continue }
                throw .last
            }
            let part = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(reply)[..<count])
            switch Netlink.parse(part, sequence: sequence, body) {
            case .more: continue
            case .done: return
            case .failed(let error): throw error
            }
        }
    }
}

/// The bytes of a socket diagnostics exchange (netlink(7), sock_diag(7)), in the machine's byte order but for ports.
enum Netlink {
    /// `NETLINK_SOCK_DIAG`.
    static let socketDiagnosticsProtocol: Int32 = 4

    private static let headerSize = 16
    /// `TCPDIAG_GETSOCK`: older than `SOCK_DIAG_BY_FAMILY`, which walks through all of the kernel's table for each family
    /// anew; this one tells of both in one walk, of IPv6 where the kernel has it.
    private static let bothFamilies: UInt16 = 18
    /// `NLMSG_ERROR` and `NLMSG_DONE`.
    private static let errorKind: UInt16 = 2
    private static let doneKind: UInt16 = 3
    /// `NLM_F_REQUEST | NLM_F_DUMP`.
    private static let dumpFlags: UInt16 = 0x301
    /// The sizes of `struct inet_diag_req` and `struct inet_diag_msg`.
    private static let requestSize = 60
    private static let messageSize = 72

    /// How a part of an answer ended.
    enum Progress: Equatable {
        case more
        case done
        case failed(SystemError)
    }

    /// A request for all TCP sockets in some states, IPv4 and IPv6.
    ///
    /// - Parameter ports: the ports of both ends; 0 for all.
    static func request(
        states: UInt32,
        ports: (local: UInt16, remote: UInt16),
        sequence: UInt32
    ) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: headerSize + requestSize)
        bytes.withUnsafeMutableBytes { message in
            message.storeBytes(of: UInt32(headerSize + requestSize), toByteOffset: 0, as: UInt32.self)
            message.storeBytes(of: bothFamilies, toByteOffset: 4, as: UInt16.self)
            message.storeBytes(of: dumpFlags, toByteOffset: 6, as: UInt16.self)
            message.storeBytes(of: sequence, toByteOffset: 8, as: UInt32.self)
            message[headerSize] = UInt8(AF_INET)
            message.storeBytes(of: ports.local.bigEndian, toByteOffset: headerSize + 4, as: UInt16.self)
            message.storeBytes(of: ports.remote.bigEndian, toByteOffset: headerSize + 6, as: UInt16.self)
            message.storeBytes(of: states, toByteOffset: headerSize + 52, as: UInt32.self)
        }
        return bytes
    }

    /// Reads one datagram of the answer; messages of other requests are passed over.
    static func parse(
        _ datagram: UnsafeRawBufferPointer,
        sequence: UInt32,
        _ body: (SocketTableRow) -> Void
    ) -> Progress {
        var rest = datagram
        while rest.count >= headerSize {
            let length = Int(rest.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            guard length >= headerSize, length <= rest.count else { return .failed(SystemError(EPROTO)) }
            let message = UnsafeRawBufferPointer(rebasing: rest[..<length])
            if message.loadUnaligned(fromByteOffset: 8, as: UInt32.self) == sequence {
                switch message.loadUnaligned(fromByteOffset: 4, as: UInt16.self) {
                case doneKind, errorKind: return end(message)
                default: if let row = row(message) { body(row) }
                }
            }
            // Messages start at multiples of four bytes.
            rest = UnsafeRawBufferPointer(rebasing: rest[min((length + 3) & ~3, rest.count)...])
        }
        return .more
    }

    private static func end(_ message: UnsafeRawBufferPointer) -> Progress {
        guard message.count >= headerSize + 4 else { return .done }
        let status = message.loadUnaligned(fromByteOffset: headerSize, as: Int32.self)
        return status < 0 ? .failed(SystemError(0 &- status)) : .done
    }

    private static func row(_ message: UnsafeRawBufferPointer) -> SocketTableRow? {
        guard message.count >= headerSize + messageSize, let state = TCPState(rawValue: message[headerSize + 1]) else {
            return nil
        }
        let body = UnsafeRawBufferPointer(rebasing: message[headerSize...])
        func number<Number: FixedWidthInteger>(_ offset: Int, _: Number.Type = Number.self) -> Number {
            body.loadUnaligned(fromByteOffset: offset, as: Number.self)
        }
        func end(port: Int, address: Int) -> SocketEnd {
            let port = UInt16(bigEndian: number(port))
            if Int32(body[0]) == AF_INET { return SocketEnd(ipv4: UInt32(bigEndian: number(address)), port: port) }
            return SocketEnd(
                high: UInt64(bigEndian: number(address)),
                low: UInt64(bigEndian: number(address + 8)),
                port: port
            )
        }
        return SocketTableRow(
            local: end(port: 4, address: 8),
            remote: end(port: 6, address: 24),
            state: state,
            receiveQueue: number(56),
            sendQueue: number(60),
            inode: UInt64(number(68, UInt32.self))
        )
    }
}
