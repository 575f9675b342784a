import EventLoop

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
