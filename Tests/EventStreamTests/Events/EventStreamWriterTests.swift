import EventStream
import ParserReadings
import Testing
import Vocabulary

@Suite struct EventStreamWriterTests {
    private func bytes(_ write: (inout [UInt8]) throws -> Void) rethrows -> String {
        var output: [UInt8] = []
        try write(&output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func writesEveryField() throws {
        let text = try bytes {
            try EventStreamWriter.append(event: "tick", data: "a", id: "1", retry: 2000, to: &$0)
        }
        #expect(text == "event: tick\nid: 1\nretry: 2000\ndata: a\n\n")
    }

    @Test(arguments: ["a\nb", "a\rb", "a\r\nb"]) func splitsData(_ data: String) throws {
        #expect(try bytes { try EventStreamWriter.append(data: data, to: &$0) } == "data: a\ndata: b\n\n")
    }

    @Test func writesEmptyAndNoData() throws {
        #expect(try bytes { try EventStreamWriter.append(data: "", to: &$0) } == "data: \n\n")
        #expect(try bytes { try EventStreamWriter.append(event: "x", data: nil, to: &$0) } == "event: x\n\n")
    }

    @Test func splitsComments() {
        #expect(bytes { EventStreamWriter.append(comment: "beat", to: &$0) } == ": beat\n")
        #expect(bytes { EventStreamWriter.append(comment: "a\ndata: b", to: &$0) } == ": a\n: data: b\n")
    }

    @Test(arguments: ["a\nb", "a\r", "\r\nid: 1"]) func refusesLineEndsInTypeAndID(_ text: String) {
        var output: [UInt8] = [1]
        #expect(throws: EventStreamWriteError.invalidType) {
            try EventStreamWriter.append(event: text, data: "x", to: &output)
        }
        #expect(throws: EventStreamWriteError.invalidID) {
            try EventStreamWriter.append(data: "x", id: text, to: &output)
        }
        #expect(output == [1])
    }

    @Test func refusesANULInTheID() {
        var output: [UInt8] = []
        #expect(throws: EventStreamWriteError.invalidID) {
            try EventStreamWriter.append(data: "x", id: "1\0", to: &output)
        }
    }

    /// Compared as scalars, since CR LF is one character.
    private func withLineFeeds(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar != "\n" || last != "\r" { scalars.append(scalar == "\r" ? "\n" : scalar) }
            last = scalar
        }
        return String(scalars)
    }

    @Test func theParserReadsWhatWasWritten() throws {
        var generator = SplitMix64(seed: 3)
        let alphabet = Array(" :\n\rabdit\0".utf8)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...12, using: &generator)
            let data = String(decoding: generator.bytes(count, from: alphabet), as: UTF8.self)
            var output: [UInt8] = []
            try EventStreamWriter.append(event: "a: b", data: data, id: " 1", to: &output)
            let expected = EventToken.event(
                type: "a: b",
                data: withLineFeeds(data),
                lastEventID: " 1",
                hasID: true
            )
            #expect(EventStreamReading.tokens([output]) == [expected])
        }
    }
}
