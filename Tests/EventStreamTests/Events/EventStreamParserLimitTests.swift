import EventStream
import ParserReadings
import Testing
import Vocabulary

@Suite struct EventStreamParserLimitTests {
    @Test(arguments: ["data:", ":", "unknown", "id:"]) func aLineAtTheLimitPassesAndOneBeyondDoesNot(start: String) {
        let atLimit = start + String(repeating: "x", count: 32 - start.utf8.count)
        for pieces in Pieces.all(Array((atLimit + "\n").utf8)) {
            #expect(!EventStreamReading.tokens(pieces, limit: 32).contains(.limit(.line)))
        }
        for end in ["\n", ""] {
            for pieces in Pieces.all(Array((atLimit + "x" + end).utf8)) {
                #expect(EventStreamReading.tokens(pieces, limit: 32) == [.limit(.line)])
            }
        }
    }

    @Test func anEventAtTheLimitPassesAndOneBeyondDoesNot() {
        // 10 bytes, a joining newline, 9 bytes.
        let fits = Array("data:0123456789\ndata:012345678\n\n".utf8)
        for pieces in Pieces.all(fits) {
            #expect(EventStreamReading.tokens(pieces, limit: 20) == [.message("0123456789\n012345678")])
        }
        let exceeds = Array("data:0123456789\ndata:0123456789\n\n".utf8)
        for pieces in Pieces.all(exceeds) {
            #expect(EventStreamReading.tokens(pieces, limit: 20) == [.limit(.event)])
        }
    }

    @Test func typeIDAndLastEventIDCountTowardsTheEvent() {
        let input = Array("id:01234567\n\nevent:01234567\ndata:01234567\n\n".utf8)
        let tokens: [EventToken] = [
            .undispatched(type: "message"),
            .event(type: "01234567", data: "01234567", lastEventID: "01234567", hasID: false),
        ]
        for pieces in Pieces.all(input) {
            #expect(EventStreamReading.tokens(pieces, limit: 24) == tokens)
            #expect(EventStreamReading.tokens(pieces, limit: 23) == [tokens[0], .limit(.event)])
        }
    }

    @Test func eventsBeforeTheLimitAreHandedOver() {
        let input = Array("data: a\n\ndata: 0123456789\n\n".utf8)
        for pieces in Pieces.all(input) {
            #expect(EventStreamReading.tokens(pieces, limit: 10) == [.message("a"), .limit(.line)])
        }
    }

    @Test func aLimitIsFinalAndFreesTheMemory() {
        var parser = EventStreamParser(limitBytes: 8)
        defer { parser.release() }
        var sink = RecordingSink()
        #expect(EventStreamReading.feed(Array("data: a".utf8), to: &parser, &sink) == nil)
        #expect(parser.heldBytes > 0)
        #expect(EventStreamReading.feed(Array("bcd".utf8), to: &parser, &sink) == .line)
        #expect(parser.heldBytes == 0)
        #expect(EventStreamReading.feed(Array("\n\ndata:b\n\n".utf8), to: &parser, &sink) == .line)
        #expect(sink.tokens.isEmpty)
    }

    @Test func stateIsSmall() {
        #expect(MemoryLayout<EventStreamParser>.stride <= 104)
    }

    @Test func wholeEventsLeaveNoMemoryBehind() {
        var parser = EventStreamParser(limitBytes: 1 << 20)
        defer { parser.release() }
        var sink = RecordingSink()
        _ = EventStreamReading.feed(Array("event: x\ndata: a\ndata: b\n\n: c\n".utf8), to: &parser, &sink)
        #expect(parser.heldBytes == 0)
        for piece in Pieces.single(Array("event: x\ndata: a\ndata: b\n\n".utf8)) {
            _ = EventStreamReading.feed(piece, to: &parser, &sink)
        }
        #expect(parser.heldBytes == 0)
    }

    @Test func memoryStaysAboutTwiceTheLimit() {
        let limit = 64 << 10
        var generator = SplitMix64(seed: 11)
        var parser = EventStreamParser(limitBytes: limit)
        defer { parser.release() }
        var sink = RecordingSink()
        var largest = 0
        for _ in 0..<400 {
            let name = ["data:", "event:", "id:", ":", "data: "].randomElement(using: &generator) ?? "data:"
            let count = Int.random(in: 0...6000, using: &generator)
            let line = Array((name + String(repeating: "x", count: count)).utf8)
            _ = EventStreamReading.feed(line, to: &parser, &sink)
            largest = max(largest, parser.heldBytes)
            if EventStreamReading.feed([0x0A], to: &parser, &sink) != nil {
                parser.release()
                parser = EventStreamParser(limitBytes: limit)
            }
        }
        #expect(largest > limit / 2)
        #expect(largest <= limit * 5 / 2)
    }

    @Test func anOutsizedIDDoesNotKeepItsMemory() {
        var parser = EventStreamParser(limitBytes: 1 << 20)
        defer { parser.release() }
        var sink = RecordingSink()
        let long = Array("id: \(String(repeating: "1", count: 100_000))\n\n".utf8)
        _ = EventStreamReading.feed(long, to: &parser, &sink)
        _ = EventStreamReading.feed(Array("id: 2\n\n".utf8), to: &parser, &sink)
        #expect(parser.heldBytes < 100)
    }
}
