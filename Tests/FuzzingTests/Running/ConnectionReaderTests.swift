import Testing

@testable import Fuzzing

@Suite struct ConnectionReaderTests {
    private let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

    /// What is seen of bytes that come in pieces of a size.
    private func see(
        _ text: String,
        raw: [UInt8] = [],
        pieces: Int = .max,
        end: String? = nil,
        _ prepare: (ConnectionReader) -> Void = { _ in }
    ) -> Observation {
        let reader = ConnectionReader()
        reader.forged = Array("forged-abc".utf8)
        prepare(reader)
        var bytes = (Array(text.utf8) + raw)[...]
        while !bytes.isEmpty {
            let piece = Array(bytes.prefix(pieces))
            bytes = bytes.dropFirst(piece.count)
            piece.withUnsafeBytes { reader.read($0, afterStall: false) }
        }
        if let end { reader.finish(end, isCut: false) }
        return reader.seen
    }

    @Test(arguments: [1, 2, 7, .max]) func responsesAreReadOneAfterTheOther(pieces: Int) {
        let text =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            + "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"
        let seen = see(text, pieces: pieces, end: "end")
        #expect(seen.statuses == [100, 200, 404])
        #expect(seen.finalStatus == 200)
        #expect(seen.answers == 2)
        #expect(seen.malformed == nil)
    }

    @Test func aTypeThatOnlyBeginsLikeAnEventStreamIsNone() {
        let seen = see(head.replacing("event-stream", with: "event-streamX") + "data: a\n\n")
        #expect(!seen.isEventStream)
        #expect(seen.events == 0)
    }

    @Test func anInterimResponseIsNoAnswer() {
        #expect(see("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n").finalStatus == nil)
        #expect(see("HTTP/1.1 101 Switching Protocols\r\n\r\n").finalStatus == 101)
    }

    @Test func eventsAndIDsAreCounted() {
        let seen = see(head + "id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n")
        #expect(seen.events == 3)
        #expect(seen.ids == ["1", "2"])
        #expect(seen.firstData == Array("a".utf8))
        #expect(seen.isEventStream)
    }

    @Test(
        arguments: [
            "id: forged-abc\n\n", "event: forged-abc-x\ndata: x\n\n", "data: x\rdata: forged-abc\n\n",
            "forged-abc: x\n\n",
            "id: forged-abc\ndata: x\n\n",
        ]
    )
    func aForgedFieldIsFound(stream: String) { #expect(see(head + stream).forged != nil) }

    @Test(
        arguments: [
            "data: id: forged-abc\n\n", ": forged-abc\n\n", "data: \"forged-abc\"\n\n", "data: x forged-abc\n\n",
            "id: forged-other\ndata: x\n\n",
        ]
    )
    func anEchoIsNotForged(stream: String) { #expect(see(head + stream).forged == nil) }

    @Test func aForgedHeaderIsFound() {
        #expect(see("HTTP/1.1 204 No Content\r\nX-Forged: forged-abc\r\n\r\n").forged != nil)
        #expect(see("HTTP/1.1 204 No Content\r\nLocation: forged-abc\r\n\r\n").forged == nil)
    }

    @Test func bytesThatAreNoTextAreFound() {
        #expect(see(head + "data: ", raw: [0xC3, 0x0A, 0x0A]).brokenText != nil)
        #expect(see(head + "data: é\n\n").brokenText == nil)
    }

    @Test func anotherTopicsEventIsFound() {
        let (own, other) = (Stamp(topic: "own"), Stamp(topic: "other"))
        let event = { (stamp: Stamp) in "data: " + String(decoding: stamp.bytes, as: UTF8.self) + " x\n\n" }
        #expect(see(head + event(own)) { $0.allowed = [own] }.foreign == nil)
        #expect(see(head + event(own) + event(other)) { $0.allowed = [own] }.foreign == other)
        #expect(see(head + event(other)).foreign == nil)
    }

    @Test func responsesThatBreakTheRulesAreNamed() {
        #expect(see("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n").malformed == "BAD_CONTENT_LENGTH")
        #expect(see("<html>").malformed == "MALFORMED_STATUS_LINE")
        #expect(see("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n").malformed == "BAD_CHUNK_SIZE")
        #expect(see("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", end: "end").malformed == "TRUNCATED_BODY")
        #expect(see("HTTP/1.1 20", end: "end").malformed == "TRUNCATED_HEAD")
    }

    @Test func whatAResetDestroysIsNobodysFault() {
        #expect(see("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", end: "ECONNRESET").malformed == nil)
        #expect(see("HTTP/1.1 20", end: "ECONNRESET").malformed == nil)
    }

    @Test func whereAHEADMayBeHiddenNothingIsHeldAgainstTheBody() {
        let answer = "HTTP/1.1 400 Bad\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        let seen = see(answer, end: "end") {
            $0.tell(request: Array("GET / HTTP/1.1\r\n\r\nHEAD / HTTP/1.1\r\n\r\n".utf8))
        }
        #expect(seen.malformed == nil)
    }
}
