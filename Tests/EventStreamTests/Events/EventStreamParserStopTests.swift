import EventStream
import ParserReadings
import Testing

@Suite struct EventStreamParserStopTests {
    @Test func reportsWhatItConsumed() {
        let first = "id: 1\r\ndata: a\r\n\r\n"
        let text = Array((first + "data: b\r\n\r\n").utf8)
        var parser = EventStreamParser(limitBytes: 1000)
        defer { parser.release() }
        var sink = RecordingSink(stopsAtEvents: true)
        let progress = text.withUnsafeBytes { parser.parse($0, into: &sink) }
        #expect(progress == .stopped(consumed: first.utf8.count))
        #expect(sink.tokens == [.message("a", id: "1")])
    }

    @Test func stopsAfterACarriageReturnAtTheEnd() {
        var parser = EventStreamParser(limitBytes: 1000)
        defer { parser.release() }
        var sink = RecordingSink(stopsAtEvents: true)
        let text = Array("data: a\r\r".utf8)
        #expect(text.withUnsafeBytes { parser.parse($0, into: &sink) } == .stopped(consumed: text.count))
        sink.stopsAtEvents = false
        let rest = Array("\ndata: b\n\n".utf8)
        #expect(rest.withUnsafeBytes { parser.parse($0, into: &sink) } == .consumedAll)
        #expect(sink.tokens == [.message("a"), .message("b")])
    }

    @Test func tellsWhetherAnEventIsUnfinished() {
        var parser = EventStreamParser(limitBytes: 1000)
        defer { parser.release() }
        var sink = RecordingSink()
        let states: [(String, Bool)] = [
            ("", false), ("da", true), ("ta: a\n", true), ("\n", false), (":", true), (" beat\n", false),
            ("event: x\n", true), ("\n", false), ("id\n", true), ("\n", false),
        ]
        for (piece, unfinished) in states {
            _ = EventStreamReading.feed(Array(piece.utf8), to: &parser, &sink)
            #expect(parser.isUnfinished == unfinished, "after \(piece)")
        }
    }

    @Test func onlyABlankLineCommitsTheLastEventID() {
        var parser = EventStreamParser(limitBytes: 1000)
        defer { parser.release() }
        var sink = RecordingSink()
        _ = EventStreamReading.feed(Array("id: 1\ndata: a\n\nid: 2\ndata: b\n".utf8), to: &parser, &sink)
        #expect(UTF8Text.decode(parser.lastEventID) == "1")
        _ = EventStreamReading.feed(Array("\n".utf8), to: &parser, &sink)
        #expect(UTF8Text.decode(parser.lastEventID) == "2")
    }
}
