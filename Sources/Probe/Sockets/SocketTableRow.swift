/// What the kernel's socket tables say of one TCP socket, as far as it is wanted here.
struct SocketTableRow: Equatable, Sendable {
    /// The port at this machine's end.
    var localPort: UInt16
    /// The state.
    var state: TCPState
    /// The number that `/proc/PID/fd` shows the socket under; 0 where no descriptor is open for it.
    var inode: UInt64
}
