import EventLoop

/// Counts the connections of a server: the sockets whose local port is one that it listens on.
final class ServerSockets {
    private let table: any SocketTable
    /// Where listening sockets are looked for; nil where the port is given.
    private let directory: ProcessDirectory?
    /// Every listening socket of the namespace, and whether it is the process's.
    private var listeners: [UInt64: Bool] = [:]
    /// A port counts on after the listening socket is closed, since its connections may outlive it.
    private var ports: Set<UInt16> = []

    /// The connections of one port.
    init(onPort port: UInt16, in table: any SocketTable) {
        self.table = table
        directory = nil
        ports = [port]
    }

    /// The connections of all ports that a process listens on, now or later.
    init(of directory: ProcessDirectory, in table: any SocketTable) {
        self.table = table
        self.directory = directory
    }

    /// Descriptors kept open for the counting.
    var openDescriptors: Int { table.openDescriptors }

    /// The sockets in each state but LISTEN and TIME_WAIT.
    ///
    /// - Throws: a gap where the process listens on no port, or the system refuses.
    func counts() throws(Gap) -> TCPStateCounts {
        do throws(SystemError) {
            if let directory { try findPorts(of: directory) }
            var counts = TCPStateCounts()
            let only = ports.count == 1 ? ports.first : nil
            if !ports.isEmpty {
                try table.forEachRow(states: TCPState.connectionMask, localPort: only) { row in
                    if only != nil || ports.contains(row.localPort) { counts.add(row.state) }
                }
                return counts
            }
        } catch {
            throw Gap(error)
        }
        throw Gap(GapName.notListening)
    }

    /// The process's descriptors are only looked through when a listening socket has appeared somewhere.
    private func findPorts(of directory: ProcessDirectory) throws(SystemError) {
        var current: [UInt64: UInt16] = [:]
        try table.forEachRow(states: TCPState.listen.bit, localPort: nil) { current[$0.inode] = $0.localPort }
        listeners = listeners.filter { current[$0.key] != nil }
        let appeared = current.filter { listeners[$0.key] == nil }
        guard !appeared.isEmpty else { return }
        let own = try directory.socketInodes()
        for (inode, port) in appeared {
            listeners[inode] = own.contains(inode)
            if own.contains(inode) { ports.insert(port) }
        }
    }
}
