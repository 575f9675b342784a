import EventStream
import ParserReadings
import Testing

@Suite struct BodyDecoderTests {
    @Test func length() {
        for pieces in Pieces.all(Array("helloHTTP".utf8)) {
            #expect(BodyReading(pieces, BodyDecoder(.length(5))) == BodyReading(body: "hello", left: "HTTP"))
        }
    }

    @Test func noBody() {
        #expect(BodyReading([Array("HTTP".utf8)], BodyDecoder(.none)) == BodyReading(body: "", left: "HTTP"))
        #expect(BodyReading([Array("HTTP".utf8)], BodyDecoder(.length(0))) == BodyReading(body: "", left: "HTTP"))
    }

    @Test func untilClose() throws {
        for pieces in Pieces.all(Array("hello".utf8)) {
            let reading = BodyReading(pieces, BodyDecoder(.untilClose))
            #expect(reading.body == Array("hello".utf8))
            #expect(!reading.isComplete)
        }
        try BodyDecoder(.untilClose).finish()
    }

    @Test(arguments: [BodyFraming.chunked, .length(1)]) func theEndOfTheConnectionTruncates(_ framing: BodyFraming) {
        #expect(throws: BodyError.truncated) { try BodyDecoder(framing).finish() }
    }

    @Test func aCompleteBodyFinishesWell() throws {
        var decoder = BodyDecoder(.chunked)
        try withReceived(Array("1\r\na\r\n0\r\n\r\n".utf8)) { input in
            while try decoder.next(&input) != nil {}
        }
        try decoder.finish()
        try BodyDecoder(.none).finish()
        try BodyDecoder(.length(0)).finish()
    }
}
