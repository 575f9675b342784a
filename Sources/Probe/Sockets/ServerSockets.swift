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

    /// The sockets in each state but LISTEN and TIME_WAIT, and what their queues hold.
    ///
    /// - Parameter findsOrphans: whether the other end of each is looked for, on this machine.
    /// - Throws: a gap where the process listens on no port, or the system refuses.
    func figures(findsOrphans: Bool = false) throws(Gap) -> SocketFigures {
        do throws(SystemError) {
            if let directory { try findPorts(of: directory) }
            if !ports.isEmpty {
                var figures = SocketFigures()
                var standing = StandingSockets()
                try forEachConnection(in: TCPState.connectionMask) { row in
                    figures.states.add(row.state)
                    figures.receiveQueue += UInt64(row.receiveQueue)
                    figures.sendQueue += UInt64(row.sendQueue)
                    if findsOrphans { standing.add(row) }
                }
                if findsOrphans { figures.orphaned = try orphans(among: standing) }
                return figures
            }
        } catch {
            throw Gap(error)
        }
        throw Gap(GapName.notListening)
    }

    private func forEachConnection(in states: UInt32, _ body: (SocketTableRow) -> Void) throws(SystemError) {
        let only = ports.count == 1 ? ports.first : nil
        try table.forEachRow(states: states, localPort: only) { row in
            if only != nil || ports.contains(row.localPort) { body(row) }
        }
    }

    /// Counts the sockets that are ESTABLISHED while no socket of this machine is at their other end.
    ///
    /// - Returns: nil where there are some, and the other end of none is on this machine.
    private func orphans(among sockets: StandingSockets) throws(SystemError) -> Int? {
        var standing = sockets
        if standing.isEmpty { return standing.elsewhere > 0 ? nil : 0 }
        for port in ports {
            try table.forEachRow(states: TCPState.connectionMask, localPort: nil, remotePort: port) { row in
                standing.remove(peer: row)
            }
        }
        guard !standing.isEmpty else { return 0 }
        // One table is read after the other: what has ended in between is no orphan.
        var count = 0
        try forEachConnection(in: TCPState.established.bit) { row in
            if standing.contains(row) { count += 1 }
        }
        return count
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

/// What was counted of a server's sockets at one moment.
struct SocketFigures: Equatable, Sendable {
    /// The sockets in each state.
    var states = TCPStateCounts()
    /// Bytes that have arrived and were not read.
    var receiveQueue: UInt64 = 0
    /// Bytes that were written and not acknowledged.
    var sendQueue: UInt64 = 0
    /// The sockets that stand though their other end is gone; nil where that was not asked, or cannot be known.
    var orphaned: Int?
}

/// How many sockets are in each state.
struct TCPStateCounts: Equatable, Sendable {
    private var counts = [Int](repeating: 0, count: TCPState.allCases.count + 1)

    /// Counts one socket.
    mutating func add(_ state: TCPState) { counts[Int(state.rawValue)] += 1 }

    /// The sockets in all states that go by a state's name.
    subscript(_ state: TCPState) -> Int {
        let count = counts[Int(state.rawValue)]
        return state == .synReceived ? count + counts[Int(TCPState.newSynReceived.rawValue)] : count
    }

    /// The sockets in any state.
    var total: Int { counts.reduce(0, +) }
}

/// Sockets in ESTABLISHED whose other end is looked for on this machine.
struct StandingSockets {
    /// This machine's end by the other end.
    private var sockets: [SocketEnd: SocketEnd] = [:]
    /// Sockets whose other end is on another machine.
    private(set) var elsewhere = 0

    /// Whether none is left.
    var isEmpty: Bool { sockets.isEmpty }

    /// Takes in a socket of the server; one in another state is passed over.
    mutating func add(_ row: SocketTableRow) {
        guard row.state == .established else { return }
        if row.remote.isLoopback || row.remote.hasAddress(of: row.local) {
            sockets[row.remote] = row.local
        } else {
            elsewhere += 1
        }
    }

    /// Leaves out the socket that has another at its other end.
    mutating func remove(peer: SocketTableRow) {
        if sockets[peer.local] == peer.remote { sockets[peer.local] = nil }
    }

    /// Whether a socket of the server is among them.
    func contains(_ row: SocketTableRow) -> Bool { sockets[row.remote] == row.local }
}
