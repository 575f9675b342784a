import EventLoop
import Glibc
import TestTurns
import Testing

@testable import Probe

/// Both views of the kernel's tables, on the same sockets.
@Suite(Turn.sideBySide) struct SocketTableTests {
    static let views: [String] = ["netlink", "proc"]

    private func view(_ name: String) throws -> any SocketTable {
        name == "netlink" ? try SocketDiagnostics() : ProcSocketTable(of: try ProcessDirectory(pid: getpid()))
    }

    private func rows(_ table: any SocketTable, states: UInt32, port: UInt16) throws -> [SocketTableRow] {
        var rows: [SocketTableRow] = []
        try table.forEachRow(states: states, localPort: port) { rows.append($0) }
        return rows
    }

    /// Whether a table shows so many sockets; the kernel writes its tables in parts, and while other tests open and close
    /// sockets a row may be missing or there twice, so it is asked a few times.
    private func shows(_ count: Int, _ state: TCPState, _ table: any SocketTable, _ port: UInt16) throws -> Bool {
        try (0..<20).contains { _ in
            let rows = try rows(table, states: TCPState.connectionMask, port: port)
            return rows.count == count && rows.allSatisfy { $0.state == state && $0.localPort == port }
        }
    }

    @Test(arguments: views, ["127.0.0.1", "::1"])
    func seesAServersSockets(_ name: String, _ host: String) throws {
        let table = try view(name)
        let server = try LoopbackServer(host: host)
        try server.connect(3)
        let listening = try rows(table, states: TCPState.listen.bit, port: server.port)
        #expect(listening.map(\.state) == [.listen])
        #expect(listening.allSatisfy { $0.inode > 0 && $0.localPort == server.port })
        #expect(try shows(3, .established, table, server.port))
        server.closeClients()
        #expect(try shows(3, .closeWait, table, server.port))
    }
}
