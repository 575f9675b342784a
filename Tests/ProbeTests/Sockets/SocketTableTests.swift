import EventLoop
import Glibc
import Testing

@testable import Probe

/// Both views of the kernel's tables, on the same sockets.
struct SocketTableTests {
    static let views: [String] = ["netlink", "proc"]

    private func view(_ name: String) throws -> any SocketTable {
        name == "netlink" ? try SocketDiagnostics() : ProcSocketTable(of: try ProcessDirectory(pid: getpid()))
    }

    private func rows(_ table: any SocketTable, states: UInt32, port: UInt16) throws -> [SocketTableRow] {
        var rows: [SocketTableRow] = []
        try table.forEachRow(states: states, localPort: port) { rows.append($0) }
        return rows
    }

    @Test(arguments: views, ["127.0.0.1", "::1"])
    func seesAServersSockets(_ name: String, _ host: String) throws {
        let table = try view(name)
        let server = try LoopbackServer(host: host)
        try server.connect(3)
        let listening = try rows(table, states: TCPState.listen.bit, port: server.port)
        #expect(listening.map(\.state) == [.listen])
        #expect(listening.allSatisfy { $0.inode > 0 && $0.localPort == server.port })
        #expect(
            try rows(table, states: TCPState.connectionMask, port: server.port).map(\.state) == [
                .established, .established, .established,
            ]
        )
        server.closeClients()
        #expect(try rows(table, states: TCPState.closeWait.bit, port: server.port).count == 3)
        #expect(try rows(table, states: TCPState.established.bit, port: server.port).isEmpty)
    }
}
