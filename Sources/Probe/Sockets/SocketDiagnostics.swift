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
        for family in [AF_INET, AF_INET6] {
            do {
                try request(family: family, states: states, ports: (localPort ?? 0, remotePort ?? 0))
                try receive(body)
            } catch {
                // Without IPv6 in the kernel nobody answers for it.
                if family == AF_INET6, error.number == ENOENT { continue }
                throw error
            }
        }
    }

    private func request(
        family: Int32,
        states: UInt32,
        ports: (local: UInt16, remote: UInt16)
    ) throws(SystemError) {
        sequence &+= 1
        let message = Netlink.request(
            family: UInt8(family),
            states: states,
            ports: ports,
            sequence: sequence
        )
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
