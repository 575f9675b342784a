import EventLoop
import Glibc

/// A view of the kernel's TCP sockets in one network namespace.
protocol SocketTable: AnyObject {
    /// Descriptors that the view keeps open.
    var openDescriptors: Int { get }

    /// Calls a body for every IPv4 and IPv6 socket in one of the states of a mask.
    ///
    /// - Parameters:
    ///   - localPort: the port at this machine's end; nil for all.
    ///   - remotePort: the port at the other end; nil for all.
    /// - Throws: what the system calls name.
    func forEachRow(
        states: UInt32,
        localPort: UInt16?,
        remotePort: UInt16?,
        _ body: (SocketTableRow) -> Void
    ) throws(SystemError)
}

extension SocketTable {
    /// Calls a body for every IPv4 and IPv6 socket in one of the states of a mask, whatever is at the other end.
    ///
    /// - Throws: what the system calls name.
    func forEachRow(
        states: UInt32,
        localPort: UInt16?,
        _ body: (SocketTableRow) -> Void
    ) throws(SystemError) {
        try forEachRow(states: states, localPort: localPort, remotePort: nil, body)
    }
}

/// Chooses the cheapest view of the kernel's socket tables.
enum SocketTables {
    /// The sockets of this process's network namespace.
    ///
    /// - Throws: what the system calls name where neither netlink nor `/proc` can be used.
    static func own() throws(SystemError) -> any SocketTable {
        if let diagnostics = try? SocketDiagnostics(), diagnostics.works { return diagnostics }
        return ProcSocketTable(of: try ProcessDirectory(pid: getpid()), isOwner: true)
    }

    /// The sockets of the network namespace that a process is in.
    ///
    /// - Throws: what the system calls name where neither netlink nor `/proc` can be used.
    static func seen(by directory: ProcessDirectory) throws(SystemError) -> any SocketTable {
        guard let namespace = directory.networkNamespace,
            namespace == (try ProcessDirectory(pid: getpid())).networkNamespace
        else { return ProcSocketTable(of: directory) }
        return try own()
    }
}

/// What the kernel's socket tables say of one TCP socket, as far as it is wanted here.
struct SocketTableRow: Equatable, Sendable {
    /// This machine's end.
    var local: SocketEnd
    /// The other end.
    var remote: SocketEnd
    /// The state.
    var state: TCPState
    /// Bytes that have arrived and were not read; of a listening socket, connections not yet accepted.
    var receiveQueue: UInt32
    /// Bytes that were written and not acknowledged.
    var sendQueue: UInt32
    /// The number that `/proc/PID/fd` shows the socket under; 0 where no descriptor is open for it.
    var inode: UInt64

    /// The port at this machine's end.
    var localPort: UInt16 { local.port }
}

/// One end of a TCP connection: an address and a port.
struct SocketEnd: Hashable, Sendable {
    /// The address's 16 bytes in two halves; an IPv4 address is mapped (RFC 4291, 2.5.5.2).
    private let high: UInt64
    private let low: UInt64
    /// The port.
    let port: UInt16

    /// An end with an IPv6 address, whose 16 bytes are given as two numbers.
    init(high: UInt64, low: UInt64, port: UInt16) {
        self.high = high
        self.low = low
        self.port = port
    }

    /// An end with an IPv4 address, whose four bytes are given as a number.
    init(ipv4: UInt32, port: UInt16) {
        self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(ipv4), port: port)
    }

    /// Whether the address is one of 127.0.0.0/8 or ::1.
    var isLoopback: Bool { high == 0 && (low == 1 || low >> 24 == 0xFFFF_7F) }

    /// Whether two ends have the same address.
    func hasAddress(of other: SocketEnd) -> Bool { high == other.high && low == other.low }
}

/// The states of a TCP socket, by the kernel's numbers (`enum` in include/net/tcp_states.h; RFC 9293, 3.3.2).
enum TCPState: UInt8, CaseIterable, Sendable {
    case established = 1
    case synSent
    case synReceived
    case finWait1
    case finWait2
    case timeWait
    case close
    case closeWait
    case lastAcknowledgment
    case listen
    case closing
    /// A connection request that has no socket of its own yet.
    case newSynReceived

    /// The name that `ss` and `/proc` know it by.
    var name: String {
        switch self {
        case .established: "ESTABLISHED"
        case .synSent: "SYN_SENT"
        case .synReceived, .newSynReceived: "SYN_RECV"
        case .finWait1: "FIN_WAIT1"
        case .finWait2: "FIN_WAIT2"
        case .timeWait: "TIME_WAIT"
        case .close: "CLOSE"
        case .closeWait: "CLOSE_WAIT"
        case .lastAcknowledgment: "LAST_ACK"
        case .listen: "LISTEN"
        case .closing: "CLOSING"
        }
    }

    /// The state's bit in a mask of states.
    var bit: UInt32 { 1 << UInt32(rawValue) }

    /// Every state of a connection; LISTEN is none, and TIME_WAIT belongs to no process.
    static let connectionMask = allCases.reduce(0) { $0 | $1.bit } & ~(listen.bit | timeWait.bit)

    /// The states that connections accepted by a server can be in, each with a series of its own.
    static let serverStates: [TCPState] = [
        .established, .synReceived, .finWait1, .finWait2, .closeWait, .lastAcknowledgment, .closing,
    ]
}
