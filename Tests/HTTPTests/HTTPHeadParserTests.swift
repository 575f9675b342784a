import HTTP
import ParserReadings
import Testing
import Vocabulary

@Suite struct HTTPHeadParserTests {
    @Test func theLimitCountsTheWholeHead() {
        let head = Array("HTTP/1.1 200 OK\r\nA: b\r\n\r\n".utf8)
        for pieces in Pieces.all(head) {
            #expect(ResponseReading(pieces, limit: head.count).error == nil)
            #expect(ResponseReading(pieces, limit: head.count).head != nil)
            #expect(ResponseReading(pieces, limit: head.count - 1).error == .headerLimit)
        }
        #expect(ResponseReading([head + [UInt8](repeating: 0x61, count: 1000)], limit: head.count).error == nil)
        let endless = Array("HTTP/1.1 200 OK\r\nA: bbbbbbbbbbbbb".utf8)
        for pieces in Pieces.all(endless) { #expect(ResponseReading(pieces, limit: 30).error == .headerLimit) }
    }

    @Test func aFirstLineThatIsTooLongHasAnErrorOfItsOwn() {
        let line = Array("GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.0\r\n\r\n".utf8)
        let fields = Array("GET / HTTP/1.0\r\nA: aaaaaaaaaaaaaaaaaaaaaaaaa\r\n\r\n".utf8)
        for pieces in Pieces.all(line) { #expect(RequestReading(pieces, limit: 30).error == .requestLineLimit) }
        for pieces in Pieces.all(fields) { #expect(RequestReading(pieces, limit: 30).error == .headerLimit) }
    }

    @Test func emptyLinesBeforeARequestCountToo() {
        for pieces in Pieces.all([UInt8](repeating: 0x0A, count: 31)) {
            #expect(RequestReading(pieces, limit: 30).error == .headerLimit)
            #expect(RequestReading(pieces, limit: 31).error == nil)
        }
    }

    @Test func eachRequestOfAConnectionHasTheWholeLimit() throws {
        let head = Array("\r\n\r\n\r\n\r\nGET / HTTP/1.0\r\n\r\n".utf8)
        var parser = HTTPRequestHeadParser(limitBytes: head.count)
        defer { parser.release() }
        for _ in 0..<3 {
            #expect(try head.withUnsafeBytes { try parser.parse($0)?.consumed } == head.count)
        }
    }

    @Test func interimHeadsArePassedOneByOne() throws {
        let first = "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
        let input = Array((first + "HTTP/1.1 200 OK\r\n\r\ndata").utf8)
        var parser = HTTPResponseHeadParser(limitBytes: 100)
        defer { parser.release() }
        let interim = try #require(try input.withUnsafeBytes { try parser.parse($0) })
        #expect(interim.head.isInterim)
        #expect(interim.consumed == first.utf8.count)
        #expect(parser.isFresh)
        let rest = Array(input.dropFirst(interim.consumed))
        let final = try #require(try rest.withUnsafeBytes { try parser.parse($0) })
        #expect(!final.head.isInterim)
        #expect(final.consumed == rest.count - 4)
    }

    @Test func interimHeadsAreLimitedUpToEachFinalOne() throws {
        let interim = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
        var parser = HTTPResponseHeadParser(limitBytes: 100)
        defer { parser.release() }
        for _ in 0..<2 {
            for _ in 0..<HTTPResponseHeadParser.interimLimit {
                #expect(try interim.withUnsafeBytes { try parser.parse($0) } != nil)
            }
            let final = Array("HTTP/1.1 200 OK\r\n\r\n".utf8)
            #expect(try final.withUnsafeBytes { try parser.parse($0)?.head.status } == 200)
        }
        for _ in 0..<HTTPResponseHeadParser.interimLimit {
            _ = try interim.withUnsafeBytes { try parser.parse($0) }
        }
        for _ in 0..<2 {
            #expect(throws: HTTPHeadError.interimLimit) { _ = try interim.withUnsafeBytes { try parser.parse($0) } }
        }
    }

    @Test func aWholeHeadNeverNeedsMemoryAndASplitOneFreesIt() throws {
        let head = Array("HTTP/1.1 200 OK\r\nA: b\r\n\r\n".utf8)
        var parser = HTTPResponseHeadParser(limitBytes: 100)
        defer { parser.release() }
        _ = try head.withUnsafeBytes { try parser.parse($0) }
        #expect(parser.heldBytes == 0)
        for byte in head.dropLast() { _ = try [byte].withUnsafeBytes { try parser.parse($0) } }
        #expect(parser.heldBytes >= head.count - 1)
        #expect(!parser.isFresh)
        _ = try head.suffix(1).withUnsafeBytes { try parser.parse($0) }
        #expect(parser.heldBytes == 0)
        #expect(parser.isFresh)
    }

    @Test func anErrorIsFinalAndFreesTheMemory() throws {
        var parser = HTTPResponseHeadParser(limitBytes: 100)
        defer { parser.release() }
        #expect(try Array("HTT".utf8).withUnsafeBytes { try parser.parse($0)?.consumed } == nil)
        #expect(parser.heldBytes > 0)
        for text in ["X", "HTTP/1.1 200 OK\r\n\r\n"] {
            #expect(throws: HTTPHeadError.malformedStatusLine) {
                try Array(text.utf8).withUnsafeBytes { _ = try parser.parse($0) }
            }
        }
        #expect(parser.heldBytes == 0)
    }

    @Test func stateIsSmall() {
        #expect(MemoryLayout<HTTPResponseHeadParser>.stride <= 32)
    }

    @Test func randomBytesAreReadAlikeHoweverCut() {
        var generator = SplitMix64(seed: 7)
        let alphabet = Array("\r\n\r\n\n: \tab\0é".utf8)
        for _ in 0..<3000 {
            let tail = generator.bytes(Int.random(in: 0...40, using: &generator), from: alphabet)
            let response = Array("HTTP/1.1 200 OK\r\n".utf8) + tail
            let request = Array("\r\nGET / HTTP/1.0\r\n".utf8) + tail
            for pieces in [Pieces.single(response), Pieces.random(response, using: &generator)] {
                #expect(ResponseReading(pieces, limit: 50) == ResponseReading([response], limit: 50))
            }
            for pieces in [Pieces.single(request), Pieces.random(request, using: &generator)] {
                #expect(RequestReading(pieces, limit: 50) == RequestReading([request], limit: 50))
            }
        }
    }

    @Test func plainRandomBytesAreReadAlikeHoweverCut() {
        var generator = SplitMix64(seed: 8)
        for _ in 0..<3000 {
            let input = generator.bytes(Int.random(in: 0...60, using: &generator), from: Array(0...255))
            let pieces = Pieces.random(input, using: &generator)
            #expect(ResponseReading(pieces) == ResponseReading([input]))
            #expect(RequestReading(pieces) == RequestReading([input]))
        }
    }
}
