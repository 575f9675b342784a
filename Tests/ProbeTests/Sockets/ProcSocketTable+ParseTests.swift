import Testing

@testable import Probe

struct ProcSocketTableParseTests {
    /// As the kernel wrote them.
    static let ipv4 = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000:20FB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1134 1 000000002dcdb036 100 0 0 10 0
           1: 0100007F:20FB 0100007F:A2C4 01 00000000:00000000 00:00000000 00000000  1000        0 20231 1 00000000a2cdb036 20 4 30 10 -1
           2: 0100007F:20FB 0100007F:A2C6 08 00000000:00000001 00:00000000 00000000  1000        0 20232 1 00000000b2cdb036 20 4 30 10 -1
           3: 0100007F:A2C4 0100007F:20FB 01 00000000:00000000 00:00000000 00000000  1000        0 20230 2 00000000c2cdb036 20 4 30 10 -1
           4: 0100007F:20FB 0100007F:A2C8 06 00000000:00000000 03:00001770 00000000     0        0 0 3 00000000d2cdb036

        """
    static let ipv6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000001000000:20FB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 30001 1 0000000000000000 100 0 0 10 0
           1: 0000000000000000FFFF00000100007F:20FB 0000000000000000FFFF00000100007F:D431 04 00000000:00000000 01:00000014 00000000     0        0 0 1 0000000000000000 20 4 30 10 -1

        """

    private func rows(_ text: String) -> (rows: [SocketTableRow], used: Int) {
        var rows: [SocketTableRow] = []
        let used = Array(text.utf8).withUnsafeBytes { bytes in ProcSocketTable.parse(bytes) { rows.append($0) } }
        return (rows, used)
    }

    @Test func readsIPv4() {
        #expect(
            rows(Self.ipv4).rows.map(Made.short) == [
                Made.row(localPort: 8443, state: .listen, inode: 1134),
                Made.row(localPort: 8443, state: .established, inode: 20231),
                Made.row(localPort: 8443, state: .closeWait, inode: 20232),
                Made.row(localPort: 0xA2C4, state: .established, inode: 20230),
                Made.row(localPort: 8443, state: .timeWait, inode: 0),
            ]
        )
    }

    @Test func readsIPv6() {
        #expect(
            rows(Self.ipv6).rows.map(Made.short) == [
                Made.row(localPort: 8443, state: .listen, inode: 30001),
                Made.row(localPort: 8443, state: .finWait1, inode: 0),
            ]
        )
    }

    @Test func readsBothEndsAndTheQueues() throws {
        let row = rows(Self.ipv4).rows[2]
        #expect(row.local == SocketEnd(ipv4: 0x7F00_0001, port: 8443))
        #expect(row.remote == SocketEnd(ipv4: 0x7F00_0001, port: 0xA2C6))
        #expect(row.receiveQueue == 1)
        #expect(row.sendQueue == 0)
        // A server on an IPv6 socket, and its IPv4 client.
        #expect(rows(Self.ipv6).rows[1].remote == SocketEnd(ipv4: 0x7F00_0001, port: 0xD431))
        #expect(rows(Self.ipv6).rows[0].local.isLoopback)
    }

    @Test func leavesAnUnfinishedLine() {
        let all = Array(Self.ipv4.utf8)
        for cut in 0...all.count {
            let (head, used) = rows(String(decoding: all[..<cut], as: UTF8.self))
            let (tail, _) = rows(String(decoding: all[used...], as: UTF8.self))
            #expect(head + tail == rows(Self.ipv4).rows)
        }
    }

    @Test(arguments: [
        "", "\n", "0: x y\n", "0: 00000000:20FB 0:0 0A 0:0 0 0 0 0 notANumber 1\n", "0: 0:20FB 0:0 0A\n",
        "0: 0:120FB 0:0 0A 0:0 0 0 0 0 1 1\n", "0: 0:20FB 0:0 FF 0:0 0 0 0 0 1 1\n",
        "0: 0:20FB 0:0 0D 0:0 0 0 0 0 1 1\n",
        "0: 0:20FB 0:0 01 0:0 0 0 0 0 99999999999999999999999 1\n", "0: 0: 0:0 01 0:0 0 0 0 0 1 1\n",
    ])
    func passesOverWhatIsNoSocket(_ text: String) {
        #expect(rows(text).rows.isEmpty)
        #expect(rows("0: 0:20FB 0:0 01 0:0 0 0 0 0 1 1\n" + text).rows.count == 1)
    }
}
