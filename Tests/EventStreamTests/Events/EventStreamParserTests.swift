import EventStream
import ParserReadings
import Testing

/// The rules and examples of HTML, 9.2.5 and 9.2.6.
@Suite struct EventStreamParserTests {
    /// One input and what the standard makes of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let requirement: String
        let input: String
        let tokens: [EventToken]
        var testDescription: String { requirement }
    }

    static let cases: [Case] = [
        Case(
            requirement: "9.2.6 example: three data lines are joined by newlines",
            input: "data: YHOO\ndata: +2\ndata: 10\n\n",
            tokens: [.message("YHOO\n+2\n10")]
        ),
        Case(
            requirement: "9.2.6 example: a comment, an id, an empty id, and a space kept after the first",
            input: ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
            tokens: [.comment(" test stream"), .message("first event", id: "1"), .message("second event", id: "")]
        ),
        Case(
            requirement: "9.2.6 example: empty data dispatches; the last block is not ended",
            input: "data\n\ndata\ndata\n\ndata:",
            tokens: [.message(""), .message("\n")]
        ),
        Case(
            requirement: "9.2.6 example: one space after the colon makes no difference",
            input: "data:test\n\ndata: test\n\n",
            tokens: [.message("test"), .message("test")]
        ),
        Case(
            requirement: "joined data does not reach the next event",
            input: "data: a\ndata: b\n\ndata: c\ndata: d\n\ndata\ndata: e\n\n",
            tokens: [.message("a\nb"), .message("c\nd"), .message("\ne")]
        ),
        Case(requirement: "lines end in LF", input: "data: a\ndata: b\n\n", tokens: [.message("a\nb")]),
        Case(requirement: "lines end in CR", input: "data: a\rdata: b\r\r", tokens: [.message("a\nb")]),
        Case(requirement: "lines end in CRLF", input: "data: a\r\ndata: b\r\n\r\n", tokens: [.message("a\nb")]),
        Case(
            requirement: "CRLF is one line end, LF CR two",
            input: "data: a\r\n\n\rdata: b\n\r",
            tokens: [.message("a"), .message("b")]
        ),
        Case(
            requirement: "one leading byte order mark is removed",
            input: "\u{FEFF}data: a\n\n",
            tokens: [.message("a")]
        ),
        Case(
            requirement: "only one leading byte order mark is removed",
            input: "\u{FEFF}\u{FEFF}data: a\ndata: b\n\n",
            tokens: [.ignored("\u{FEFF}data: a"), .message("b")]
        ),
        Case(
            requirement: "a later byte order mark is part of its line",
            input: "\n\u{FEFF}data: a\ndata:\u{FEFF}b\n\n",
            tokens: [.ignored("\u{FEFF}data: a"), .message("\u{FEFF}b")]
        ),
        Case(
            requirement: "a character that begins like a byte order mark is none",
            input: "\u{FEFE}data\ndata: a\n\n",
            tokens: [.ignored("\u{FEFE}data"), .message("a")]
        ),
        Case(
            requirement: "a comment is ignored wherever it stands",
            input: "data: a\n: inside\n:\ndata: b\n\n:after\n",
            tokens: [.comment(" inside"), .comment(""), .message("a\nb"), .comment("after")]
        ),
        Case(
            requirement: "the last event field names the type, for one event only",
            input: "event: a\nevent: b\ndata: 1\n\ndata: 2\n\n",
            tokens: [.message("1", type: "b"), .message("2")]
        ),
        Case(
            requirement: "an empty type is message",
            input: "event: a\nevent\ndata: 1\n\nevent:\ndata: 2\n\n",
            tokens: [.message("1"), .message("2")]
        ),
        Case(
            requirement: "without data nothing is dispatched and the type is reset",
            input: "event: ping\n\ndata: a\n\n",
            tokens: [.undispatched(type: "ping"), .message("a")]
        ),
        Case(
            requirement: "the id persists over events",
            input: "id: 7\ndata: a\n\ndata: b\n\n",
            tokens: [.message("a", id: "7"), .message("b", lastEventID: "7")]
        ),
        Case(
            requirement: "an id without data still sets the last event ID",
            input: "id: 7\n\ndata: b\n\n",
            tokens: [.undispatched(type: "message"), .message("b", lastEventID: "7")]
        ),
        Case(
            requirement: "an empty id resets the last event ID",
            input: "id: 7\ndata: a\n\nid\ndata: b\n\ndata: c\n\n",
            tokens: [.message("a", id: "7"), .message("b", id: ""), .message("c")]
        ),
        Case(
            requirement: "an id with a NUL is ignored",
            input: "id: 7\ndata: a\n\nid: 8\0\ndata: b\n\n",
            tokens: [.message("a", id: "7"), .ignored("id: 8\0"), .message("b", lastEventID: "7")]
        ),
        Case(
            requirement: "a NUL in data is data",
            input: "data: \0\n\n",
            tokens: [.message("\0")]
        ),
        Case(
            requirement: "retry takes ASCII digits only",
            input: "retry: 1500\nretry:007\nretry: 1s\nretry: -1\nretry:  1\nretry: +1\nretry: 1.5\nretry\nretry: ٣\n",
            tokens: [
                .retry(1500), .retry(7), .ignored("retry: 1s"), .ignored("retry: -1"), .ignored("retry:  1"),
                .ignored("retry: +1"), .ignored("retry: 1.5"), .ignored("retry"), .ignored("retry: ٣"),
            ]
        ),
        Case(
            requirement: "a retry beyond 64 bits is the largest number",
            input: "retry: 18446744073709551615\nretry: 18446744073709551616\nretry: 99999999999999999999999\n",
            tokens: [.retry(.max), .retry(.max), .retry(.max)]
        ),
        Case(
            requirement: "unknown fields are ignored, and names are case-sensitive",
            input: "Data: x\nDATA: x\ndatum: x\ndataa: x\ndat: x\n data: x\ndata : x\nidx: 1\nevents: y\nretry1:1\nx\n"
                + "data: a\n\n",
            tokens: [
                .ignored("Data: x"), .ignored("DATA: x"), .ignored("datum: x"), .ignored("dataa: x"),
                .ignored("dat: x"), .ignored(" data: x"), .ignored("data : x"), .ignored("idx: 1"),
                .ignored("events: y"), .ignored("retry1:1"), .ignored("x"), .message("a"),
            ]
        ),
        Case(
            requirement: "exactly one leading space is removed, and no tab",
            input: "data:  a\ndata:\tb\ndata: \ndata: c \n\n",
            tokens: [.message(" a\n\tb\n\nc ")]
        ),
        Case(
            requirement: "a value keeps its later colons",
            input: "data: a:b: c\ndata::\n\n",
            tokens: [.message("a:b: c\n:")]
        ),
        Case(
            requirement: "blank lines alone dispatch nothing",
            input: "\n\n\r\r\n\ndata: a\n\n\n\n",
            tokens: [.message("a")]
        ),
        Case(requirement: "an unfinished event is discarded", input: "data: a\n", tokens: []),
        Case(requirement: "an unfinished line is discarded", input: "data: a\n\ndata: b", tokens: [.message("a")]),
        Case(requirement: "characters of several bytes pass", input: "data: ä€😀\n\n", tokens: [.message("ä€😀")]),
        Case(requirement: "an empty stream has no events", input: "", tokens: []),
    ]

    @Test(arguments: cases) func rule(_ example: Case) {
        #expect(EventStreamReading.tokens(example.input) == example.tokens)
    }

    @Test(arguments: cases) func ruleAtEverySplit(_ example: Case) {
        for pieces in Pieces.all(Array(example.input.utf8)) {
            #expect(EventStreamReading.tokens(pieces) == example.tokens, "cut as \(pieces.map(\.count))")
        }
    }

    @Test(arguments: cases) func ruleWithStops(_ example: Case) {
        for pieces in Pieces.all(Array(example.input.utf8)) {
            #expect(EventStreamReading.tokens(pieces, stopping: true) == example.tokens)
        }
    }

    @Test func malformedBytesAreReplaced() {
        let bytes = Array("data: a".utf8) + [0xFF, 0xE2, 0x82] + Array("b\n\n".utf8)
        #expect(EventStreamReading.tokens([bytes]) == [.message("a\u{FFFD}\u{FFFD}b")])
    }

    @Test func halfAByteOrderMarkBelongsToTheLine() {
        let bytes: [UInt8] = [0xEF, 0xBB] + Array("data: a\ndata: b\n\n".utf8)
        let ignored = EventToken.ignored("\u{FFFD}data: a")
        for pieces in Pieces.all(bytes) {
            #expect(EventStreamReading.tokens(pieces) == [ignored, .message("b")])
        }
    }
}
