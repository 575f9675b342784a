import EventStream
import Load
import Record
import ScriptedServer
import TestTurns
import Testing
import Vocabulary

/// A stream is read alike in every framing and coding, however it is cut.
@Suite(Turn.sideBySide) struct BodyTests {
    enum Framing: CaseIterable {
        case chunked, length, untilClose
    }

    enum Coding: CaseIterable {
        case identity, gzip, deflate
    }

    private static let events = Array("data: 1\n\n: hello\n\nevent: ping\ndata: 2\n\nda".utf8)

    /// A zlib stream of one stored block (RFC 1950; RFC 1951, 3.2.4).
    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        let count = UInt16(bytes.count)
        let length = [UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8)]
        let checksum = [UInt8(high >> 8), UInt8(high & 0xFF), UInt8(low >> 8), UInt8(low & 0xFF)]
        return [0x78, 0x01, 0x01] + length + bytes + checksum
    }

    private static func response(_ framing: Framing, _ coding: Coding) -> [UInt8] {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
        let body: [UInt8]
        switch coding {
        case .identity: body = events
        case .gzip: (head, body) = (head + "Content-Encoding: gzip\r\n", GzipEncoder.compress(events))
        case .deflate: (head, body) = (head + "Content-Encoding: deflate\r\n", deflated(events))
        }
        switch framing {
        case .untilClose: return Array("\(head)\r\n".utf8) + body
        case .length: return Array("\(head)Content-Length: \(body.count)\r\n\r\n".utf8) + body
        case .chunked:
            let (first, second) = (body.prefix(7), body.dropFirst(7))
            let size = { (part: ArraySlice<UInt8>) in Array((String(part.count, radix: 16) + "\r\n").utf8) }
            let end = Array("\r\n".utf8)
            return Array("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8) + size(first) + first + end
                + size(second) + second + end + Array("0\r\n\r\n".utf8)
        }
    }

    @Test(arguments: Framing.allCases, Coding.allCases)
    func isReadAlike(framing: Framing, coding: Coding) throws {
        for isCut in [false, true] {
            let bytes = Self.response(framing, coding)
            let server = try ScriptedServer { connection in
                try connection.readRequest()
                for start in stride(from: 0, to: bytes.count, by: isCut ? 1 : bytes.count) {
                    try connection.write(Array(bytes[start..<(isCut ? start + 1 : bytes.count)]))
                }
                return nil
            }
            let record = try Made.generator(Made.holding(2), Made.endpoint(server.port)).run()
            #expect(record.connections.ended == 2)
            #expect(record.connections.failed == 0)
            #expect(record.errors.isEmpty)
            #expect(record.events == 4)
            #expect(record.comments == 2)
            #expect(record.bytesReceived == UInt64(2 * bytes.count))
            #expect(record.latency[.timeToFirstEvent].count == 2)
        }
    }

    /// The connection stays open, but the stream has ended.
    @Test(arguments: [("GET", "Content-Length: 0"), ("HEAD", "Transfer-Encoding: chunked")])
    func aBodyThatIsNoneEndsWithItsHead(method: String, field: String) throws {
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\(field)\r\n\r\n")
            return connection.readToEnd()
        }
        let generator = try Made.generator(Made.holding(1), Made.endpoint(server.port, method: method))
        let load = try Background(generator)
        #expect(eventually { load.isDone })
        generator.stop()
        let record = load.record()
        #expect(record.connections.established == 1)
        #expect(record.connections.ended == 1)
    }

    @Test func aLargeHeldStreamIsCountedToTheLastByte() throws {
        let event = Array("data: \(String(repeating: "x", count: 990))\n\n".utf8)
        let block = Array(repeating: event, count: 1_000).flatMap { $0 }
        let server = try ScriptedServer { connection in
            try connection.readRequest()
            try connection.write(Made.head)
            for _ in 0..<20 { try connection.write(block) }
            return nil
        }
        let record = try Made.generator(Made.holding(2), Made.endpoint(server.port)).run()
        #expect(record.events == 40_000)
        #expect(record.bytesReceived == UInt64(2 * (20 * block.count + Made.head.utf8.count)))
        #expect(record.connections.ended == 2)
    }
}
