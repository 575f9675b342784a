import EventLoop
import Glibc
import Testing

@testable import Probe

struct NetlinkTests {
    private func message(kind: UInt16, sequence: UInt32, payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        withUnsafeBytes(of: UInt32(16 + payload.count)) { bytes += $0 }
        withUnsafeBytes(of: kind) { bytes += $0 }
        bytes += [2, 0]
        withUnsafeBytes(of: sequence) { bytes += $0 }
        bytes += [0, 0, 0, 0] + payload
        while bytes.count % 4 != 0 { bytes.append(0) }
        return bytes
    }

    private func socket(state: UInt8, port: UInt16, inode: UInt32) -> [UInt8] {
        var payload = [UInt8](repeating: 0, count: 72)
        payload[1] = state
        payload.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: port.bigEndian, toByteOffset: 4, as: UInt16.self)
            bytes.storeBytes(of: inode, toByteOffset: 68, as: UInt32.self)
        }
        return payload
    }

    private func parse(_ bytes: [UInt8]) -> (progress: Netlink.Progress, rows: [SocketTableRow]) {
        var rows: [SocketTableRow] = []
        let progress = bytes.withUnsafeBytes { Netlink.parse($0, sequence: 7) { rows.append($0) } }
        return (progress, rows)
    }

    @Test func asksForStatesAndPort() {
        let bytes = Netlink.request(states: 0x102, ports: (0x20FB, 0x20FC), sequence: 5)
        #expect(bytes.count == 76)
        #expect(bytes[16] == 2)
        #expect(bytes[20...21] == [0x20, 0xFB])
        #expect(bytes[22...23] == [0x20, 0xFC])
        #expect(bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 68, as: UInt32.self) } == 0x102)
        #expect(bytes[24..<68].allSatisfy { $0 == 0 })
        #expect(bytes[72...].allSatisfy { $0 == 0 })
    }

    @Test func readsSockets() {
        let datagram =
            message(kind: 20, sequence: 7, payload: socket(state: 1, port: 8443, inode: 11) + [9, 9, 9])
            + message(kind: 20, sequence: 6, payload: socket(state: 1, port: 8443, inode: 12))
            + message(kind: 20, sequence: 7, payload: socket(state: 8, port: 80, inode: 13))
        let (progress, rows) = parse(datagram)
        #expect(progress == .more)
        #expect(
            rows.map(Made.short) == [
                Made.row(localPort: 8443, state: .established, inode: 11),
                Made.row(localPort: 80, state: .closeWait, inode: 13),
            ]
        )
    }

    @Test func readsBothEndsAndTheQueues() throws {
        var payload = socket(state: 1, port: 8443, inode: 11)
        payload[0] = UInt8(AF_INET)
        payload.replaceSubrange(6..<12, with: [0xA2, 0xC4, 127, 0, 0, 1])
        payload.replaceSubrange(24..<28, with: [127, 0, 0, 2])
        payload.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: 5, toByteOffset: 56, as: UInt32.self)
            bytes.storeBytes(of: 7, toByteOffset: 60, as: UInt32.self)
        }
        let row = try #require(parse(message(kind: 20, sequence: 7, payload: payload)).rows.first)
        #expect(row.local == SocketEnd(ipv4: 0x7F00_0001, port: 8443))
        #expect(row.remote == SocketEnd(ipv4: 0x7F00_0002, port: 0xA2C4))
        #expect(row.receiveQueue == 5)
        #expect(row.sendQueue == 7)
        payload[0] = UInt8(AF_INET6)
        payload.replaceSubrange(8..<24, with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 127, 0, 0, 1])
        payload.replaceSubrange(24..<40, with: [UInt8](repeating: 0, count: 15) + [1])
        let mapped = try #require(parse(message(kind: 20, sequence: 7, payload: payload)).rows.first)
        #expect(mapped.local == row.local)
        #expect(mapped.remote == SocketEnd(high: 0, low: 1, port: 0xA2C4))
        #expect(mapped.local.isLoopback && mapped.remote.isLoopback)
    }

    @Test func readsTheEnd() {
        #expect(parse(message(kind: 3, sequence: 7, payload: [0, 0, 0, 0])).progress == .done)
        #expect(parse(message(kind: 3, sequence: 6, payload: [0, 0, 0, 0])).progress == .more)
        let refused = withUnsafeBytes(of: -ENOENT) { Array($0) }
        #expect(parse(message(kind: 2, sequence: 7, payload: refused)).progress == .failed(SystemError(ENOENT)))
    }

    @Test func refusesLengthsThatDoNotFit() {
        var short = message(kind: 20, sequence: 7, payload: socket(state: 1, port: 1, inode: 1))
        short[0] = 3
        #expect(parse(short).progress == .failed(SystemError(EPROTO)))
        short[0] = 200
        #expect(parse(short).progress == .failed(SystemError(EPROTO)))
        #expect(parse(message(kind: 20, sequence: 7, payload: [1, 2])).rows.isEmpty)
    }
}
