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
