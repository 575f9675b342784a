import EventStream
import HTTP
import ParserReadings
import Testing

/// RFC 9112, 3.
@Suite struct HTTPRequestHeadTests {
    private func head(target: String, fields: String = "") throws -> HTTPRequestHead {
        try #require(RequestReading([Array("GET \(target) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n".utf8)]).head)
    }

    @Test func readsAHeadAtEverySplit() throws {
        let text = "\r\nPOST /broadcast?topic=news HTTP/1.1\r\nHost: localhost:8080\r\nContent-Length: 5\r\n\r\nhello"
        for pieces in Pieces.all(Array(text.utf8)) {
            let reading = RequestReading(pieces)
            let head = try #require(reading.head)
            #expect(head.method == "POST")
            #expect(head.target == "/broadcast?topic=news")
            #expect(head.path == "/broadcast")
            #expect(head.queryValue(of: "topic") == "news")
            #expect(head.value(of: "host") == "localhost:8080")
            #expect(try head.bodyFraming() == .length(5))
            #expect(reading.left == Array("hello".utf8))
        }
    }

    @Test(
        arguments: [
            ("/", "/", nil), ("/a/b", "/a/b", nil), ("/a?", "/a", ""), ("/a?b?c=d", "/a", "b?c=d"),
            ("http://host/a?b", "/a", "b"), ("http://host", "/", nil), ("http://host?b", "/", "b"), ("*", "*", nil),
            ("/a?u=http://x/", "/a", "u=http://x/"), ("/%61", "/%61", nil),
        ] as [(String, String, String?)]
    )
    func splitsTheTarget(_ target: String, _ path: String, _ query: String?) throws {
        #expect(try head(target: target).path == path)
        #expect(try head(target: target).query == query)
    }

    static let errors: [(String, HTTPHeadError)] = [
        ("\u{16}\u{03}\u{01}", .malformedRequestLine),
        ("GET /\r\n\r\n", .malformedRequestLine),
        ("GET  / HTTP/1.1\r\n\r\n", .malformedRequestLine),
        ("GET / HTTP/1.1 \r\n\r\n", .malformedRequestLine),
        ("GET /a b HTTP/1.1\r\n\r\n", .malformedRequestLine),
        ("GET /é HTTP/1.1\r\n\r\n", .malformedRequestLine),
        ("G@T / HTTP/1.1\r\n\r\n", .malformedRequestLine),
        ("GET / HTTP/1.x\r\n\r\n", .malformedRequestLine),
        ("GET / HTTP/2.0\r\n\r\n", .unsupportedVersion),
        ("GET / HTTP/1.1\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .badHost),
        ("GET / HTTP/1.1\nHost: a\r\n\r\n", .bareLineFeed),
        ("GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
        ("GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n", .malformedHeader),
        ("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", .obsoleteFold),
    ]

    @Test(arguments: errors) func refuses(_ text: String, _ error: HTTPHeadError) {
        for pieces in Pieces.all(Array(text.utf8)) { #expect(RequestReading(pieces).error == error) }
    }

    @Test(arguments: ["G /x HTTP/1.0\r\n\r\n", "M-SEARCH * HTTP/1.0\r\n\r\n"]) func acceptsOddMethods(_ text: String) {
        for pieces in Pieces.all(Array(text.utf8)) { #expect(RequestReading(pieces).head != nil) }
    }

    @Test func framing() throws {
        #expect(try head(target: "/").bodyFraming() == .none)
        #expect(try head(target: "/", fields: "Content-Length: 0\r\n").bodyFraming() == .none)
        #expect(try head(target: "/", fields: "Transfer-Encoding: chunked\r\n").bodyFraming() == .chunked)
        #expect(throws: HTTPHeadError.unknownTransferCoding) {
            try head(target: "/", fields: "Transfer-Encoding: gzip\r\n").bodyFraming()
        }
    }
}
