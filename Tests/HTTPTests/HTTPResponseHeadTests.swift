import EventStream
import HTTP
import ParserReadings
import Testing

/// RFC 9112, 4 to 6.
@Suite struct HTTPResponseHeadTests {
    private func head(_ text: String) throws -> HTTPResponseHead {
        try #require(ResponseReading([Array(text.utf8)]).head)
    }

    private func framing(_ fields: String, status: Int = 200, version: String = "1.1") throws -> BodyFraming {
        try head("HTTP/\(version) \(status) X\r\n\(fields)\r\n").bodyFraming()
    }

    static let example =
        "HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream; charset=utf-8\r\nX-Empty:\r\n"
        + "cache-control:no-cache\r\nX-Spaced: \t a b \t\r\n\r\n"

    @Test func readsAHeadAtEverySplit() throws {
        for pieces in Pieces.all(Array((Self.example + "data: a").utf8)) {
            let reading = ResponseReading(pieces)
            let head = try #require(reading.head)
            #expect(head.status == 200)
            #expect(head.reason == "OK")
            #expect(head.minorVersion == 1)
            #expect(head.bareLineFeeds == 0)
            #expect(
                head.fields == [
                    HTTPField("content-type", "Text/Event-Stream; charset=utf-8"), HTTPField("x-empty", ""),
                    HTTPField("cache-control", "no-cache"), HTTPField("x-spaced", "a b"),
                ]
            )
            #expect(head.contentType == "text/event-stream")
            #expect(head.value(of: "CONTENT-type") == "Text/Event-Stream; charset=utf-8")
            #expect(head.value(of: "absent") == nil)
            #expect(reading.left == Array("data: a".utf8))
        }
    }

    @Test(arguments: [
        ("text/event-stream", true), ("Text/Event-Stream; charset=utf-8", true), ("text/event-stream \t;x", true),
        ("text/event-streamX", false), ("text/event-stream x", false), ("text/ event-stream", false), ("", false),
    ])
    func anEventStreamIsToldByItsType(_ type: String, _ isEventStream: Bool) throws {
        let ok = try head("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n\r\n")
        #expect(ok.isEventStream == isEventStream)
        #expect(UnusableResponse.name(ok) == (isEventStream ? nil : UnusableResponse.notAnEventStream))
        let refusal = try head("HTTP/1.1 503 Busy\r\nContent-Type: \(type)\r\n\r\n")
        #expect(refusal.hasEventStreamType == isEventStream && !refusal.isEventStream)
    }

    @Test func acceptsBareLineFeedsAndCountsThem() throws {
        for pieces in Pieces.all(Array("HTTP/1.1 200 OK\nA: b\r\nC: d\n\nx".utf8)) {
            let reading = ResponseReading(pieces)
            #expect(reading.head?.bareLineFeeds == 3)
            #expect(reading.head?.fields == [HTTPField("a", "b"), HTTPField("c", "d")])
            #expect(reading.left == Array("x".utf8))
        }
    }

    @Test(arguments: [("HTTP/1.1 200", ""), ("HTTP/1.0 200 ", ""), ("HTTP/1.1 999 a  b", "a  b")])
    func acceptsReasons(_ line: String, _ reason: String) throws {
        #expect(try head("\(line)\r\n\r\n").reason == reason)
    }

    static let errors: [(String, HTTPHeadError)] = [
        ("SSH-2.0-x", .malformedStatusLine),
        ("\r\nHTTP/1.1 200 OK\r\n\r\n", .malformedStatusLine),
        ("http/1.1 200 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 20 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 2000 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 099 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 2x0 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1  200 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.10 200 OK\r\n\r\n", .malformedStatusLine),
        ("HTTP/1.1 200 O\0K\r\n\r\n", .malformedStatusLine),
        ("HTTP/2 200 OK\r\n\r\n", .unsupportedVersion),
        ("HTTP/2.0 200 OK\r\n\r\n", .unsupportedVersion),
        ("HTTP/0.9 200 OK\r\n\r\n", .unsupportedVersion),
        ("HTTP/1.1 200 OK\r\nA b\r\n\r\n", .malformedHeader),
        ("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", .malformedHeader),
        ("HTTP/1.1 200 OK\r\n: b\r\n\r\n", .malformedHeader),
        ("HTTP/1.1 200 OK\r\nÄ: b\r\n\r\n", .malformedHeader),
        ("HTTP/1.1 200 OK\r\nA: b\0\r\n\r\n", .malformedHeader),
        ("HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n", .malformedHeader),
        ("HTTP/1.1 200 OK\r\n\rA: b\r\n\r\n", .malformedHeader),
        ("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", .obsoleteFold),
        ("HTTP/1.1 200 OK\r\n\tA: b\r\n\r\n", .obsoleteFold),
    ]

    @Test(arguments: errors) func refuses(_ text: String, _ error: HTTPHeadError) {
        for pieces in Pieces.all(Array(text.utf8)) { #expect(ResponseReading(pieces).error == error) }
    }

    @Test func framingFollowsTheFields() throws {
        #expect(try framing("") == .untilClose)
        #expect(try framing("Transfer-Encoding: Chunked\r\n") == .chunked)
        #expect(try framing("Content-Length: 42\r\n") == .length(42))
        #expect(try framing("Content-Length: 0\r\n") == .length(0))
        #expect(try framing("Content-Length: 42, 42\r\nContent-Length: 42\r\n") == .length(42))
        #expect(try framing("Content-Length: 18446744073709551615\r\n") == .length(.max))
    }

    @Test(arguments: [101, 103, 204, 304]) func someStatusesHaveNoBody(status: Int) throws {
        #expect(try framing("Content-Length: 42\r\n", status: status) == .none)
    }

    @Test func theAnswerToHEADHasNoBody() throws {
        let head = try head("HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n")
        #expect(try head.bodyFraming(toHead: true) == .none)
        #expect(try head.bodyFraming() == .length(42))
    }

    static let framingErrors: [(String, HTTPHeadError)] = [
        ("Content-Length: 1\r\nContent-Length: 2\r\n", .conflictingContentLength),
        ("Content-Length: 1, 2\r\n", .conflictingContentLength),
        ("Content-Length: 1, x\r\n", .badContentLength),
        ("Content-Length:\r\n", .badContentLength),
        ("Content-Length: -1\r\n", .badContentLength),
        ("Content-Length: +1\r\n", .badContentLength),
        ("Content-Length: 1 2\r\n", .badContentLength),
        ("Content-Length: 18446744073709551616\r\n", .badContentLength),
        ("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", .lengthWithTransferEncoding),
        ("Transfer-Encoding: gzip, chunked\r\n", .unknownTransferCoding),
        ("Transfer-Encoding: xchunked\r\n", .unknownTransferCoding),
        ("Transfer-Encoding: chunked, chunked\r\n", .badTransferEncoding),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", .badTransferEncoding),
        ("Transfer-Encoding:\r\n", .badTransferEncoding),
    ]

    @Test(arguments: framingErrors) func refusesFraming(_ fields: String, _ error: HTTPHeadError) {
        #expect(throws: error) { try framing(fields) }
    }

    @Test func transferEncodingNeedsHTTP11() {
        #expect(throws: HTTPHeadError.transferEncodingInOldVersion) {
            try framing("Transfer-Encoding: chunked\r\n", version: "1.0")
        }
    }

    @Test func keepAliveFollowsVersionAndConnection() throws {
        #expect(try head("HTTP/1.1 200 OK\r\n\r\n").keepAlive)
        #expect(try !head("HTTP/1.1 200 OK\r\nConnection: x, Close\r\n\r\n").keepAlive)
        #expect(try !head("HTTP/1.0 200 OK\r\n\r\n").keepAlive)
        #expect(try head("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n\r\n").keepAlive)
    }

    @Test func contentCodings() throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Encoding: X-GZip , deflate,\r\nContent-Encoding: identity, Br\r\n\r\n"
        #expect(try head(text).contentCodings == [.gzip, .deflate, .identity, .unknown("br")])
        #expect(try head("HTTP/1.1 200 OK\r\n\r\n").contentCodings.isEmpty)
    }
}
