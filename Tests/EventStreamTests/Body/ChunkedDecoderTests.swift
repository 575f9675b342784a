import EventStream
import ParserReadings
import Testing
import Vocabulary

/// RFC 9112, 7.1.
@Suite struct ChunkedDecoderTests {
    static let bodies: [(input: String, body: String, left: String)] = [
        ("0\r\n\r\n", "", ""),
        ("5\r\nhello\r\n0\r\n\r\n", "hello", ""),
        ("5\r\nhello\r\n0\r\n\r\nHTTP/1.1", "hello", "HTTP/1.1"),
        ("A\r\n0123456789\r\na\r\n9876543210\r\n00\r\n\r\n", "01234567899876543210", ""),
        ("0000000000000000000005\r\nhello\r\n0\r\n\r\n", "hello", ""),
        ("2\r\n\r\n\r\n2;a=b;c=\"d;e\"\r\nok\r\n0;x\r\n\r\n", "\r\nok", ""),
        ("2 ; a\r\nok\r\n2  \r\nok\r\n0\t\r\n\r\n", "okok", ""),
        ("1\r\na\r\n0\r\nExpires: never\r\nX:\r\n\r\nrest", "a", "rest"),
    ]

    @Test(arguments: bodies) func body(_ input: String, _ body: String, _ left: String) {
        for pieces in Pieces.all(Array(input.utf8)) {
            #expect(BodyReading(pieces, .chunked(ChunkedDecoder())) == BodyReading(body: body, left: left))
        }
    }

    static let errors: [(input: String, error: BodyError)] = [
        ("\r\n", .badChunkSize),
        ("\n", .badChunkSize),
        ("g\r\n", .badChunkSize),
        ("-1\r\n", .badChunkSize),
        ("0x5\r\n", .badChunkSize),
        (" 5\r\n", .badChunkSize),
        (";a\r\n", .badChunkSize),
        ("5 5\r\n", .badChunkSize),
        ("10000000000000000\r\n", .badChunkSize),
        ("5\nhello", .badChunkLine),
        ("5;a\nhello", .badChunkLine),
        ("5\rhello", .badChunkLine),
        ("2\r\nabc\r\n", .badChunkEnd),
        ("2\r\nab\n0\r\n\r\n", .badChunkEnd),
        ("2\r\nab\r0\r\n\r\n", .badChunkEnd),
        ("0\r\n\n", .badTrailer),
        ("0\r\nA: b\n", .badTrailer),
        ("0\r\nA: b\r\r", .badTrailer),
        ("0\r\n\rx", .badTrailer),
    ]

    @Test(arguments: errors) func error(_ input: String, _ error: BodyError) {
        for pieces in Pieces.all(Array(input.utf8)) {
            #expect(BodyReading(pieces, .chunked(ChunkedDecoder())).error == error)
        }
    }

    @Test func theLargestSizeIsNoOverflow() {
        let reading = BodyReading([Array("FFFFFFFFFFFFFFFF\r\nab".utf8)], .chunked(ChunkedDecoder()))
        #expect(reading.error == nil)
        #expect(reading.body == Array("ab".utf8))
        #expect(!reading.isComplete)
    }

    @Test func slicesAreViewsOfTheInput() throws {
        let bytes = Array("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".utf8)
        try bytes.withUnsafeBytes { whole in
            var decoder = ChunkedDecoder()
            var input = whole
            var offsets: [Int] = []
            while let slice = try decoder.next(&input) {
                let start = try #require(slice.baseAddress)
                offsets.append(start - (try #require(whole.baseAddress)))
            }
            #expect(offsets == [3, 11])
            #expect(input.isEmpty)
        }
    }

    @Test func lineAndTrailerLimits() {
        let decoder = BodyDecoder.chunked(ChunkedDecoder(lineLimit: 8, trailerLimit: 8))
        let fits = Array("1;abcd\r\na\r\n1;abcd\r\nb\r\n0\r\nA: b\r\n\r\n".utf8)
        let longLine = Array("1;abcde\r\n".utf8)
        let longTrailer = Array("0\r\nA: bc\r\n\r\n".utf8)
        for pieces in Pieces.all(fits) { #expect(BodyReading(pieces, decoder) == BodyReading(body: "ab")) }
        for pieces in Pieces.all(longLine) { #expect(BodyReading(pieces, decoder).error == .chunkLineLimit) }
        for pieces in Pieces.all(longTrailer) { #expect(BodyReading(pieces, decoder).error == .trailerLimit) }
    }

    @Test func anErrorIsFinal() {
        var decoder = ChunkedDecoder()
        for text in ["zz", "0\r\n\r\n"] {
            #expect(throws: BodyError.badChunkSize) {
                try withReceived(Array(text.utf8)) { _ = try decoder.next(&$0) }
            }
        }
        #expect(throws: BodyError.badChunkSize) { try decoder.finish() }
    }

    @Test func stateIsSmall() {
        #expect(MemoryLayout<ChunkedDecoder>.stride <= 24)
        #expect(MemoryLayout<BodyDecoder>.stride <= 32)
    }

    @Test func randomBytesAreReadAlikeHoweverCut() {
        var generator = SplitMix64(seed: 4)
        let alphabet = Array("01aF;\r\n\r\n\r\nx ".utf8)
        for _ in 0..<3000 {
            let input = generator.bytes(Int.random(in: 0...40, using: &generator), from: alphabet)
            let whole = BodyReading([input], .chunked(ChunkedDecoder()))
            let single = BodyReading(Pieces.single(input), .chunked(ChunkedDecoder()))
            #expect(single == whole || (single.error == whole.error && single.body == whole.body))
        }
    }

    @Test func theEncoderIsReadBack() {
        var output: [UInt8] = []
        ChunkedEncoder.append(chunk: Array("hello".utf8), to: &output)
        ChunkedEncoder.append(chunk: [], to: &output)
        ChunkedEncoder.append(chunk: [UInt8](repeating: 0x61, count: 300), to: &output)
        ChunkedEncoder.appendLastChunk(to: &output)
        #expect(String(decoding: output.prefix(10), as: UTF8.self) == "5\r\nhello\r\n")
        let body = "hello" + String(repeating: "a", count: 300)
        #expect(BodyReading([output], .chunked(ChunkedDecoder())) == BodyReading(body: body))
    }
}
