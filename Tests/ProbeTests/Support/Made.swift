import EventLoop

@testable import Probe

/// Made-up rows of socket tables.
enum Made {
    static func row(localPort: UInt16, state: TCPState, inode: UInt64) -> SocketTableRow {
        SocketTableRow(
            local: SocketEnd(ipv4: 0, port: localPort),
            remote: SocketEnd(ipv4: 0, port: 0),
            state: state,
            receiveQueue: 0,
            sendQueue: 0,
            inode: inode
        )
    }

    /// A row without its addresses, its remote port and its queues.
    static func short(_ row: SocketTableRow) -> SocketTableRow {
        self.row(localPort: row.localPort, state: row.state, inode: row.inode)
    }
}
