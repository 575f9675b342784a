import EventLoop
import Glibc
import TestTurns
import Testing

@testable import Probe

@Suite(Turn.sideBySide) struct ServerSocketsTests {
    /// A table of made-up sockets that counts how often it is asked.
    private final class Table: SocketTable {
        var rows: [SocketTableRow] = []
        var openDescriptors: Int { 0 }

        func forEachRow(
            states: UInt32,
            localPort: UInt16?,
            remotePort: UInt16?,
            _ body: (SocketTableRow) -> Void
        ) throws(SystemError) {
            for row in rows
            where row.state.bit & states != 0 && (localPort ?? row.localPort) == row.localPort
                && (remotePort ?? row.remote.port) == row.remote.port
            {
                body(row)
            }
        }
    }

    @Test func countsTheConnectionsOfOnePort() throws {
        let table = Table()
        table.rows = [
            Made.row(localPort: 80, state: .listen, inode: 1),
            Made.row(localPort: 80, state: .established, inode: 2),
            Made.row(localPort: 80, state: .timeWait, inode: 0),
            Made.row(localPort: 81, state: .established, inode: 3),
            Made.row(localPort: 80, state: .finWait2, inode: 0),
        ]
        let counts = try ServerSockets(onPort: 80, in: table).figures().states
        #expect(counts.total == 2)
        #expect(counts[.finWait2] == 1)
    }

    @Test func followsTheListenersOfAProcess() throws {
        let (first, second) = (try LoopbackServer(), try LoopbackServer())
        let directory = try ProcessDirectory(pid: getpid())
        let kernel = try SocketDiagnostics()
        func listening(_ server: LoopbackServer) throws -> SocketTableRow {
            var rows: [SocketTableRow] = []
            try kernel.forEachRow(states: TCPState.listen.bit, localPort: server.port) { rows.append($0) }
            return try #require(rows.first)
        }
        let table = Table()
        let sockets = ServerSockets(of: directory, in: table)
        #expect(throws: Gap(GapName.notListening)) { try sockets.figures() }

        // A listener that is not the process's, and one that is.
        table.rows = [
            Made.row(localPort: 9, state: .listen, inode: .max),
            Made.row(localPort: 9, state: .established, inode: 2),
            try listening(first),
            Made.row(localPort: first.port, state: .established, inode: 3),
        ]
        #expect(try sockets.figures().states.total == 1)

        table.rows.append(try listening(second))
        table.rows.append(Made.row(localPort: second.port, state: .closeWait, inode: 4))
        #expect(try sockets.figures().states.total == 2)

        // Connections outlive the sockets that they came in by.
        table.rows.removeAll { $0.state == .listen }
        #expect(try sockets.figures().states.total == 2)
    }

    @Test func sumsTheQueues() throws {
        let table = Table()
        table.rows = [
            Made.row(localPort: 80, state: .established, inode: 1),
            Made.row(localPort: 80, state: .closeWait, inode: 2),
        ]
        table.rows[0].receiveQueue = 3
        table.rows[0].sendQueue = 10
        table.rows[1].sendQueue = 5
        let figures = try ServerSockets(onPort: 80, in: table).figures()
        #expect(figures.receiveQueue == 3)
        #expect(figures.sendQueue == 15)
        #expect(figures.orphaned == nil)
    }

    @Test func findsSocketsWhoseOtherEndIsGone() throws {
        let table = Table()
        let client = { (port: UInt16) in SocketEnd(ipv4: 0x7F00_0001, port: port) }
        func server(_ remote: SocketEnd, _ state: TCPState = .established) -> SocketTableRow {
            var row = Made.row(localPort: 80, state: state, inode: 1)
            row.local = client(80)
            row.remote = remote
            return row
        }
        func peer(_ port: UInt16) -> SocketTableRow {
            var row = Made.row(localPort: port, state: .established, inode: 2)
            row.local = client(port)
            row.remote = client(80)
            return row
        }
        let sockets = ServerSockets(onPort: 80, in: table)
        #expect(try sockets.figures(findsOrphans: true).orphaned == 0)
        // A peer on another machine: nobody here can know.
        table.rows = [server(SocketEnd(ipv4: 0x0A00_0001, port: 9))]
        #expect(try sockets.figures(findsOrphans: true).orphaned == nil)
        table.rows += [server(client(5001)), server(client(5002)), server(client(5003), .closeWait), peer(5001)]
        #expect(try sockets.figures(findsOrphans: true).orphaned == 1)
        table.rows.append(peer(5002))
        #expect(try sockets.figures(findsOrphans: true).orphaned == 0)
    }
}
