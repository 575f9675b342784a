import EventLoop
import Glibc
import Testing

@testable import Probe

struct ServerSocketsTests {
    /// A table of made-up sockets that counts how often it is asked.
    private final class Table: SocketTable {
        var rows: [SocketTableRow] = []
        var openDescriptors: Int { 0 }

        func forEachRow(states: UInt32, localPort: UInt16?, _ body: (SocketTableRow) -> Void) throws(SystemError) {
            for row in rows where row.state.bit & states != 0 && (localPort ?? row.localPort) == row.localPort {
                body(row)
            }
        }
    }

    @Test func countsTheConnectionsOfOnePort() throws {
        let table = Table()
        table.rows = [
            SocketTableRow(localPort: 80, state: .listen, inode: 1),
            SocketTableRow(localPort: 80, state: .established, inode: 2),
            SocketTableRow(localPort: 80, state: .timeWait, inode: 0),
            SocketTableRow(localPort: 81, state: .established, inode: 3),
            SocketTableRow(localPort: 80, state: .finWait2, inode: 0),
        ]
        let counts = try ServerSockets(onPort: 80, in: table).counts()
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
        #expect(throws: Gap(GapName.notListening)) { try sockets.counts() }

        // A listener that is not the process's, and one that is.
        table.rows = [
            SocketTableRow(localPort: 9, state: .listen, inode: .max),
            SocketTableRow(localPort: 9, state: .established, inode: 2),
            try listening(first),
            SocketTableRow(localPort: first.port, state: .established, inode: 3),
        ]
        #expect(try sockets.counts().total == 1)

        table.rows.append(try listening(second))
        table.rows.append(SocketTableRow(localPort: second.port, state: .closeWait, inode: 4))
        #expect(try sockets.counts().total == 2)

        // Connections outlive the sockets that they came in by.
        table.rows.removeAll { $0.state == .listen }
        #expect(try sockets.counts().total == 2)
    }
}
