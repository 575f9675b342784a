import Glibc
import TestTurns
import Testing

@testable import Probe

@Suite(Turn.sideBySide) struct ProcessDirectoryTests {
    @Test func refusesANumberThatNoProcessHas() {
        #expect(throws: (any Error).self) { try ProcessDirectory(pid: Int32.max) }
    }

    @Test func seesItsOwnSockets() throws {
        let server = try LoopbackServer()
        var inodes: Set<UInt64> = []
        try SocketDiagnostics().forEachRow(states: TCPState.listen.bit, localPort: server.port) {
            inodes.insert($0.inode)
        }
        #expect(inodes.count == 1)
        #expect(try ProcessDirectory(pid: getpid()).socketInodes().isSuperset(of: inodes))
    }

    @Test(arguments: [("socket:[4711]", UInt64(4711)), ("socket:[]", nil), ("pipe:[4711]", nil), ("socket:[12", nil)])
    func readsSocketLinks(_ target: String, _ inode: UInt64?) {
        #expect(ProcessDirectory.socketInode(target) == inode)
    }

    /// What kernels before 6.2 leave to be counted is what later ones tell.
    @Test func countsDescriptorsEitherWay() throws {
        let child = try ChildProcess()
        defer { child.kill(); child.reap() }
        try child.run("exec 7</dev/null")
        let directory = try ProcessDirectory(pid: child.pid)
        #expect(try directory.descriptorCount() == directory.descriptorEntries())
        #expect(try directory.descriptorEntries() >= 4)
    }
}
