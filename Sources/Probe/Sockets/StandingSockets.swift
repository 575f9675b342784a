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
